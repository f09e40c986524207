# Sourced by tools that are measured against the portal that ships, on PostgreSQL with durable commits and the size
# that docs/install-guide.md gives it. Its ciphertext lies where STORE says: database or files.
# HIKAE_BENCH_JAVA starts Java with what starts the system (scripts/bench/backup sets it). Tools with the same store share
# the system, from the first `start` to the first `end`; what it says about itself is in SHARED.

# Tables, indexes and files; the write-ahead log is the database's own affair and has a limit.
bytes() {
  local stores
  mapfile -t stores < "$SHARED/stores"
  du -scb --exclude=pg_wal "${stores[@]}" | tail -n 1 | cut -f1
}

# It says which its servers are once a client can begin.
start_portal() { # CLASS
  if [ ! -s "$SHARED/servers" ]; then
    mkdir -p "$SHARED"
    mkfifo "$SHARED/requests" "$SHARED/answer"
    # shellcheck disable=SC2086
    setsid $HIKAE_BENCH_JAVA "-Dhikae.store=$STORE" "org.hikae.it.bench.$1" "$SHARED" > "$SHARED/stack.log" 2>&1 \
      <> "$SHARED/requests" &
    echo $! > "$SHARED/stack.pid"
    for _ in $(seq 1200); do
      [ ! -s "$SHARED/servers" ] || break
      kill -0 "$(cat "$SHARED/stack.pid")" 2> /dev/null || break
      sleep 0.5
    done
  fi
  exec cat "$SHARED/servers"
}

# Returns once it is done.
ask() { # REQUEST
  local answer=
  exec 7<> "$SHARED/answer"
  printf '%s\n' "$1" 1<> "$SHARED/requests"
  read -r -t 240 -u 7 answer || true
  [ "$answer" = "done" ] || { echo "$1: ${answer:-no answer}"; exit 1; } >&2
}

stop_portal() {
  [ -f "$SHARED/stack.pid" ] || return 0
  kill "$(cat "$SHARED/stack.pid")" 2> /dev/null || true
  while kill -0 "$(cat "$SHARED/stack.pid")" 2> /dev/null; do sleep 0.2; done
  [ ! -f "$SHARED/stores" ] || xargs -d '\n' rm -rf < "$SHARED/stores"
  rm -rf "$SHARED"
}
