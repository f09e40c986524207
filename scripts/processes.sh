# Sourced: ends processes by a variable in their environment, so that none is left, whatever became of its parents.

# Ends all that were started with NAME=VALUE, but for this shell and those it is a child of.
end_processes() { # NAME=VALUE
  local round pid spared=" $$ $BASHPID " up=$$ one found signal=TERM
  while [ "${up:-1}" -gt 1 ]; do
    up=$(sed -n 's/.*) . \([0-9]*\) .*/\1/p' "/proc/$up/stat" 2> /dev/null)
    spared+="$up "
  done
  for ((round = 0; round < 40; round++)); do
    [ $round -lt 30 ] || signal=KILL
    found=
    for one in $(grep -lszxF -e "$1" /proc/[0-9]*/environ 2> /dev/null); do
      pid=${one#/proc/}
      pid=${pid%/environ}
      if [[ $spared != *" $pid "* ]] && kill -s "$signal" "$pid" 2> /dev/null; then
        found=1
      fi
    done
    [ -n "$found" ] || return 0
    read -rt 0.2 <> <(:) || true
  done
}
