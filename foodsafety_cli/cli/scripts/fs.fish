# fs: completion for fish
function __fs_candidates
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[^=]+=' "$current")
    set -l words (commandline -opc)
    set -l lines (env _FS_COMPLETE=fish $words[1] $words[2..-1] "$current" 2>/dev/null)
    if set -q lines[1]
        printf "$option%s\n" $lines
    else
        __fish_complete_path "$current"
    end
end
complete --command fs --no-files --keep-order --arguments '(__fs_candidates)'
