#!/usr/bin/env bash
# The agent that ships against the portal that ships. AGENT is new (a process for each command), staying (one that was
# started with the first command) or started (one that has just been started, for each command anew).
export HIKAE_HOME=$STATE/device/home HIKAE_MANAGED=/dev/null HIKAE_SOCKET=none
[ ! -f "$STATE/socket" ] || HIKAE_SOCKET=$(cat "$STATE/socket")
agent=$PWD/device/target/hikae/bin/hikae
. "$(dirname "$0")/../stack.sh"

start_agent() {
  # The path of a socket has a limit.
  [ -f "$STATE/socket" ] || echo "$(mktemp -d)/agent.sock" > "$STATE/socket"
  HIKAE_SOCKET=$(cat "$STATE/socket")
  setsid "$agent" daemon > "$STATE/agent.log" 2>&1 < /dev/null &
  echo $! > "$STATE/agent.pid"
  for _ in $(seq 600); do
    [ ! -S "$HIKAE_SOCKET" ] || return 0
    kill -0 "$(cat "$STATE/agent.pid")" 2> /dev/null || break
    sleep 0.1
  done
  cat "$STATE/agent.log" >&2
  exit 1
}

stop_agent() {
  [ -f "$STATE/agent.pid" ] || return 0
  kill "$(cat "$STATE/agent.pid")" 2> /dev/null || true
  while kill -0 "$(cat "$STATE/agent.pid")" 2> /dev/null; do sleep 0.1; done
  rm -f "$STATE/agent.pid"
}

case $1 in
  version) "$agent" --version ;;
  start) start_portal BackupBenchmarkStack ;;
  init) ask "device $STATE/device" ;;
  ready)
    [ "$AGENT" != new ] || exit 0
    [ "$AGENT" != started ] || stop_agent
    [ -f "$STATE/agent.pid" ] || start_agent
    echo "agent $(cat "$STATE/agent.pid")"
    ;;
  # The others leave nothing out either.
  backup) exec "$agent" backup --no-default-excludes "$SRC" ;;
  check) exec "$agent" verify ;;
  restore) exec "$agent" restore --target "$OUT" ;;
  restore-one)
    mkdir -p "$OUT$SRC/${FILE%/*}"
    exec "$agent" restore --target "$OUT$SRC/${FILE%/*}" --path "$SRC/$FILE"
    ;;
  stores) cat "$SHARED/stores" ;;
  settle | forget) ask "$1" ;;
  stored) bytes ;;
  stop)
    stop_agent
    [ ! -f "$STATE/socket" ] || rm -rf "$(dirname "$HIKAE_SOCKET")"
    ;;
  end) stop_portal ;;
esac
