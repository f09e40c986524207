#!/usr/bin/env bash
# The inner loop: formats, compiler, gates, architecture and the unit tests that a change reaches, within a minute;
# or one class of system tests on a system that stays up.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/jdk.sh
. scripts/need.sh

usage() {
  cat <<'END2'
usage: ./check                    what changed since the last green ./check: formats, compiler, gates, architecture,
                                  unit tests (HIKAE_CHECK_SECONDS, 55: what does not fit is named, not run)
       ./check --it CLASS[#TEST]  one class of system tests, on a system that stays up for the next one
       ./check --stop             ends that system
The first ./check, and one after a change of a POM, builds everything and takes minutes.
0: passed; 1: failed; 2: could not be tried. ./verify runs all tests. Logs lie in .hikae/check/.
END2
}

case ${1:-} in
  '') [ $# -eq 0 ] || { usage >&2; exit 2; } ;;
  -h | --help) usage; exit 0 ;;
  --it) [ $# -eq 2 ] || { usage >&2; exit 2; } ;;
  --stop) [ $# -eq 1 ] || { usage >&2; exit 2; } ;;
  *) usage >&2; exit 2 ;;
esac

find_jdk && command -v mvn > /dev/null || {
  echo "check: needs JDK 25 and Maven; please run: sudo apt-get install openjdk-25-jdk-headless maven" >&2
  exit 2
}
state=.hikae/check
mkdir -p "$state"
# The program keeps the lock as long as it runs; what it starts does not.
exec 9> "$state/lock"
flock -n 9 || { echo "check: another ./check is at work here." >&2; exit 2; }
began=$(date +%s%3N)

# Compiled once, not at each start.
if [ ! -f "$state/tool/Check.class" ] || [ -n "$(find build/check -newer "$state/tool/Check.class" -print -quit)" ]; then
  rm -rf "$state/tool"
  javac -Xlint:all -Werror -d "$state/tool" build/check/*.java || exit 2
fi
# The compiler runs inside, with Error Prone: the same options as in Maven.
exec java @.mvn/jvm.config -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Dhikae.check.began="$began" -cp "$state/tool" Check "$@"
