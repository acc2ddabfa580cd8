#compdef fs
# fs: completion for zsh
_fs() {
  local line
  local -a values shown
  for line in ${(f)"$(_FS_COMPLETE=zsh "${(Q)words[1]}" "${(@)words[2,CURRENT]}" 2>/dev/null)"}; do
    values+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  if (( $#values )); then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    compadd -l -d shown -a -- values
  else
    _files
  fi
}
compdef _fs fs
