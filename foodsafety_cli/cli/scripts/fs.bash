# fs: completion for bash
# What is inserted is quoted by the quote that is open, whatever the locale: printf %q would write
# $'…' where it cannot read a character, which means something else inside quotes.
_fs_completion() {
    local line value sign signs word=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    case $word in
        \"*) signs='\"$`' ;;
        \'*) signs= ;;
        *) signs=$'\\ \t!"#$&\'()*,;<=>?[]^`{|}~' ;;
    esac
    case ${word//\\?/} in
        [\"\']*) ;;
        *[\"\']*) return ;; # a quote that was opened within the word
    esac
    while IFS= read -r line; do
        value=${line%%$'\t'*}
        case $word in
            \"*) [[ $value == *!* ]] && continue ;; # which no sign quotes between these quotes
            \'*) value=${value//"'"/"'\\''"} ;;
        esac
        while IFS= read -r -n 1 sign; do
            [[ $sign ]] && value=${value//"$sign"/"\\$sign"}
        done <<<"$signs"
        COMPREPLY+=("$value")
    done < <(_FS_COMPLETE=bash "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _fs_completion fs
