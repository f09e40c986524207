#!/usr/bin/env bash
# restic, as the other one, to the portal that ships, on PostgreSQL with its own durable settings.
# HIKAE_BENCH_JAVA starts Java with what starts the system (scripts/bench/gateway sets it).
export RESTIC_PASSWORD=bench-passphrase RESTIC_CACHE_DIR=$STATE/cache
[ ! -s "$STATE/restic.env" ] || . "$STATE/restic.env"
# Tables and indexes; the write-ahead log is the database's own affair and has a limit.
bytes() { du -sb --exclude=pg_wal "$REPO/" | cut -f1; }
case $1 in
  version) restic version | cut -d' ' -f1,2 ;;
  start)
    # It puts the database's folder in the place of REPO, and writes the servers once there is a credential.
    rmdir "$REPO"
    setsid $HIKAE_BENCH_JAVA org.hikae.it.bench.MeasuredGateway "$STATE" "$REPO" > "$STATE/stack.log" 2>&1 < /dev/null &
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
    ;;
  init) exec restic -q init ;;
  backup) exec restic -q backup "$SRC" ;;
  check) exec restic -q check --read-data ;;
  restore) exec restic -q restore latest --target "$OUT" ;;
  restore-one) exec restic -q restore latest --target "$OUT" --include "$SRC/$FILE" ;;
  stored) echo $(($(bytes) - $(cat "$STATE/empty"))) ;;
  stop)
    kill "$(cat "$STATE/stack.pid")"
    while kill -0 "$(cat "$STATE/stack.pid")" 2> /dev/null; do sleep 0.2; done
    ;;
esac
