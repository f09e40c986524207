#!/usr/bin/env bash
# restic, as the other one, to the portal that ships.
export RESTIC_PASSWORD=bench-passphrase RESTIC_CACHE_DIR=$STATE/cache
[ ! -s "$STATE/device/restic.env" ] || . "$STATE/device/restic.env"
. "$(dirname "$0")/../stack.sh"
case $1 in
  version) restic version | cut -d' ' -f1,2 ;;
  start) start_portal GatewayBenchmarkStack ;;
  init)
    ask "device $STATE/device"
    . "$STATE/device/restic.env"
    exec restic -q init
    ;;
  backup) exec restic -q backup "$SRC" ;;
  check) exec restic -q check --read-data ;;
  restore) exec restic -q restore latest --target "$OUT" ;;
  restore-one) exec restic -q restore latest --target "$OUT" --include "$SRC/$FILE" ;;
  stores) cat "$SHARED/stores" ;;
  settle | forget) ask "$1" ;;
  stored) bytes ;;
  end) stop_portal ;;
esac
