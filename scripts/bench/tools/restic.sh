#!/usr/bin/env bash
# restic over HTTP to its REST server, with a password, settings as they come.
export RESTIC_PASSWORD=bench-passphrase RESTIC_CACHE_DIR=$STATE/cache
export RESTIC_REPOSITORY=rest:http://bench:bench-pw@127.0.0.1:$PORT/repo
case $1 in
  version) restic version | cut -d' ' -f1,2; restic-rest-server --version | head -n 1 ;;
  start)
    mkdir -p "$REPO"
    printf 'bench:{SHA}%s\n' "$(printf bench-pw | openssl dgst -sha1 -binary | base64)" > "$STATE/htpasswd"
    restic-rest-server --listen "127.0.0.1:$PORT" --path "$REPO" --htpasswd-file "$STATE/htpasswd" > "$STATE/server.log" 2>&1 &
    echo "portal $!" | tee "$STATE/servers"
    for _ in $(seq 100); do
      (: < "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null && exit
      sleep 0.1
    done
    exit 1
    ;;
  init) exec restic -q init ;;
  backup) exec restic -q backup "$SRC" ;;
  check) exec restic -q check --read-data ;;
  restore) exec restic -q restore latest --target "$OUT" ;;
  restore-one) exec restic -q restore latest --target "$OUT" --include "$SRC/$FILE" ;;
  stored) du -sb "$REPO" | cut -f1 ;;
  stop) kill "$(cut -d' ' -f2 "$STATE/servers")" ;;
esac
