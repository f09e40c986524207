#!/usr/bin/env bash
# restic to its REST server, with a password, settings as they come; over HTTP, or with SCHEME=https over TLS.
export RESTIC_PASSWORD=bench-passphrase RESTIC_CACHE_DIR=$STATE/cache
export RESTIC_REPOSITORY=rest:${SCHEME:=http}://bench:bench-pw@127.0.0.1:$PORT/repo
tls=()
if [ "$SCHEME" = https ]; then
  export RESTIC_CACERT=$STATE/cert.pem
  tls=(--tls --tls-cert "$RESTIC_CACERT" --tls-key "$STATE/key.pem")
fi
case $1 in
  version) restic version | cut -d' ' -f1,2; echo "with restic-rest-server $(restic-rest-server --version | grep -o '[0-9][0-9.]*' | head -n 1)" ;;
  start)
    mkdir -p "$REPO"
    printf 'bench:{SHA}%s\n' "$(printf bench-pw | openssl dgst -sha1 -binary | base64)" > "$STATE/htpasswd"
    [ ${#tls[@]} -eq 0 ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench \
      -addext subjectAltName=IP:127.0.0.1 -keyout "$STATE/key.pem" -out "$RESTIC_CACERT" 2> /dev/null
    restic-rest-server --listen "127.0.0.1:$PORT" --path "$REPO" --htpasswd-file "$STATE/htpasswd" "${tls[@]}" \
      > "$STATE/server.log" 2>&1 &
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
  stores) echo "$REPO" ;;
  stored) du -sb "$REPO" | cut -f1 ;;
  stop) kill "$(cut -d' ' -f2 "$STATE/servers")" ;;
esac
