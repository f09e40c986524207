# Sourced: one folder for all temporary files of a run, so that none is left, whatever has ended it. Java does not look at TMPDIR;
# the JVMs of tests are told of it by hikae.tmp (pom.xml).

# Makes it anew, removing what a run that was killed has left, and lets all programs use it.
make_temporary() { # NAME
  # Of a run within a run beside it, not in it: they do not end together.
  export HIKAE_TMP_BASE=${HIKAE_TMP_BASE:-${TMPDIR:-/tmp}}
  export HIKAE_TMP=$HIKAE_TMP_BASE/hikae-$1-$(printf %s "$PWD" | sha256sum | cut -c1-12)
  remove_temporary
  mkdir -m 700 "$HIKAE_TMP"
  export TMPDIR=$HIKAE_TMP
}

remove_temporary() {
  [ -d "${HIKAE_TMP:?}" ] || return 0
  # Tests take rights away from folders.
  chmod -R u+rwX "$HIKAE_TMP" 2> /dev/null || true
  rm -rf "$HIKAE_TMP"
}
