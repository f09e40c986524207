# Sourced: finds a JDK 25 or newer and exports JAVA_HOME; returns 1 when there is none.

jdk_release() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local candidate release
  for candidate in "${JAVA_HOME:-/none}" /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* /usr/lib/jvm/default-java; do
    release=$(jdk_release "$candidate") || continue
    if [ "${release:-0}" -ge 25 ]; then
      export JAVA_HOME="$candidate" PATH="$candidate/bin:$PATH"
      return 0
    fi
  done
  return 1
}
