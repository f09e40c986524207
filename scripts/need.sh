# Sourced: makes sure that a JDK 25 and Maven (and other Debian packages) are there.
#   need_tools [PACKAGE:COMMAND ... PACKAGE:python3.MODULE ... PACKAGE:/FILE ...]
# Installs what is missing as root or with sudo; otherwise says exactly what to install and ends.
# Needs scripts/jdk.sh.

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

need_tools() {
  local missing=() pair
  find_jdk || missing+=(openjdk-25-jdk-headless)
  command -v mvn > /dev/null || missing+=(maven)
  for pair in "$@"; do
    case ${pair#*:} in
      # Debian's own Python, whatever stands before it in the path: it has Debian's packages.
      python3.*) /usr/bin/python3 -c "import ${pair#*:python3.}" 2> /dev/null || missing+=("${pair%%:*}") ;;
      /*) [ -e "${pair#*:}" ] || missing+=("${pair%%:*}") ;;
      *) command -v "${pair#*:}" > /dev/null || missing+=("${pair%%:*}") ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  command -v apt-get > /dev/null || fail "please install ${missing[*]} with your system's package tool, then run this again."
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
      as=(sudo -n)
    else
      fail "this needs ${missing[*]}; please run: sudo $install"
    fi
  fi
  echo "Installing ${missing[*]} ..."
  local log
  log=$(mktemp)
  if ! { "${as[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${as[@]}" env DEBIAN_FRONTEND=noninteractive $install; } > "$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    fail "the packages could not be installed (is there a network?); please run: $install"
  fi
  rm -f "$log"
  find_jdk || fail "a JDK 25 was installed but is not under /usr/lib/jvm; please set JAVA_HOME."
}
