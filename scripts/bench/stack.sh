# Sourced by tools that are measured against the portal that ships, on PostgreSQL with durable commits and the size
# that docs/install-guide.md gives it.
# HIKAE_BENCH_JAVA starts Java with what starts the system (scripts/bench/backup sets it).

# Tables and indexes; the write-ahead log is the database's own affair and has a limit.
bytes() { du -sb --exclude=pg_wal "$REPO/" | cut -f1; }

stored() { echo $(($(bytes) - $(cat "$STATE/empty"))); }

# It puts the database's folder in the place of REPO, and writes the servers once a client can begin.
start_portal() { # CLASS
  rmdir "$REPO"
  setsid $HIKAE_BENCH_JAVA "org.hikae.it.bench.$1" "$STATE" "$REPO" > "$STATE/stack.log" 2>&1 < /dev/null &
  echo $! > "$STATE/stack.pid"
  for _ in $(seq 600); do
    if [ -s "$STATE/servers" ]; then
      bytes > "$STATE/empty"
      exec cat "$STATE/servers"
    fi
    kill -0 "$(cat "$STATE/stack.pid")" 2> /dev/null || break
    sleep 0.5
  done
  exit 1
}

stop_portal() {
  kill "$(cat "$STATE/stack.pid")"
  while kill -0 "$(cat "$STATE/stack.pid")" 2> /dev/null; do sleep 0.2; done
}
