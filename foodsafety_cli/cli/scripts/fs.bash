# fs: completion for bash
_fs_completion() {
    local line value
    COMPREPLY=()
    while IFS= read -r line; do
        printf -v value %q "${line%%$'\t'*}"
        COMPREPLY+=("$value")
    done < <(_FS_COMPLETE=bash "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _fs_completion fs
