#!/usr/bin/env bash
# The agent that ships against the portal that ships.
export HIKAE_HOME=$STATE/device/home HIKAE_MANAGED=/dev/null
agent=$PWD/device/target/hikae/bin/hikae
. "$(dirname "$0")/../stack.sh"
case $1 in
  version) "$agent" --version ;;
  start) start_portal BackupBenchmarkStack ;;
  init) [ -s "$STATE/servers" ] ;;
  backup) exec "$agent" backup "$SRC" ;;
  check) exec "$agent" verify ;;
  restore) exec "$agent" restore --target "$OUT" ;;
  restore-one) exec "$agent" restore --target "$OUT" --path "$SRC/$FILE" ;;
  stored) stored ;;
  stop) stop_portal ;;
esac
