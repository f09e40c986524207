#!/usr/bin/env bash
# borg to `borg serve` over a pipe, which is its protocol without ssh; with a password (repokey: AES-256 in counter mode,
# HMAC-SHA-256) and zstd at restic's level. Its server is a child of it and counts with it.
export BORG_PASSPHRASE=bench-passphrase BORG_BASE_DIR=$STATE BORG_REPO=ssh://pipe$REPO
# What it takes for ssh is given a host's name before the command.
export BORG_RSH="sh -c 'shift; exec \"\$@\"' sh"
case $1 in
  version) borg --version ;;
  init) exec borg init -e repokey ;;
  backup) exec borg create --compression zstd,3 "::$GENERATION" "$SRC" ;;
  check) exec borg check --verify-data ;;
  restore) cd "$OUT" && exec borg extract "::$GENERATION" ;;
  restore-one) cd "$OUT" && exec borg extract "::$GENERATION" "${SRC#/}/$FILE" ;;
  stores) echo "$REPO" ;;
  stored) du -sb "$REPO" | cut -f1 ;;
esac
