# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Completion of hansa for bash. Commands and options are those that the program
# itself tells in its help.

_hansa_words() { # words of the help of "hansa $@", by the pattern in $1
  local pattern=$1
  shift
  LANGUAGE=en hansa "$@" --help 2>/dev/null | sed -nE "$pattern"
}

_hansa() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words
  if [ "$COMP_CWORD" = 1 ]; then
    words=$(_hansa_words 's/^  ([a-z]+)  .*/\1/p')
  elif [[ $current == -* ]]; then
    words=$(_hansa_words 's/^  (-., )?(--[a-z-]+)(=?).*/\2\3/p' "${COMP_WORDS[1]}")
  elif [[ $previous == -p || $previous == --plugin ]] ||
    { [ "$COMP_CWORD" = 2 ] && [[ ${COMP_WORDS[1]} == describe || ${COMP_WORDS[1]} == why ]]; }; then
    words=$(LANGUAGE=en hansa list 2>/dev/null | sed -nE 's/^([a-z0-9-]+) .*/\1/p')
  else
    compopt -o default
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace
  return 0
}

complete -F _hansa hansa
