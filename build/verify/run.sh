# Sourced by ./verify: one run of the suite, what it says of itself, and what it leaves behind, which is nothing.
# Needs $state and $mode, scripts/jdk.sh, need.sh and fingerprint.sh, and build/mutants/run.sh.
. scripts/processes.sh
. scripts/temporary.sh

# What the short suite is to Maven.
SHORT=(-Dhikae.scope=short)

# Seconds of classes, as measured, that a short run takes of what it would leave out. Three classes run at a time, and
# those that run alone count twice.
SLICE_SECONDS=90

# Every process of a run carries this in its environment, so that none is left, whatever became of its parents.
export HIKAE_VERIFY=$PWD

need_room() { # GIB
  local free
  free=$(df --output=avail -k . | tail -n 1)
  [ "$free" -ge $(($1 * 1024 * 1024)) ] ||
    fail "this needs $1 GiB of disk; $((free / 1024 / 1024)) GiB are free in $PWD. Please make room."
}

# Ends what belongs to runs in this folder.
end_leftovers() {
  end_processes "HIKAE_VERIFY=$HIKAE_VERIFY"
}

end_run() {
  trap '' INT TERM HUP
  end_leftovers
  remove_temporary
}

chosen_order() {
  echo "${HIKAE_ORDER:-$((RANDOM * 32768 + RANDOM))}"
}

# Classes that a short run leaves out, wholly or in part, in the order that the hash of all files gives them, until the
# seconds are used up. So each of them runs every few commits. Of one that is divided, CLASS#PART/PARTS: the hash has the part, too.
# It is not the commit's hash: another message alone gives no other turn.
chosen_slice() {
  if [ -n "${HIKAE_SLICE+set}" ]; then
    echo "$HIKAE_SLICE"
    return
  fi
  local content seconds class parts hash
  content=$(git rev-parse 'HEAD^{tree}' 2> /dev/null || cat build/verify/full.tsv)
  while IFS=$'\t' read -r seconds class parts; do
    hash=$(printf '%s %s' "$content" "$class" | sha256sum | cut -c1-23)
    [ -z "$parts" ] || class+="#$((0x${hash:16} % parts + 1))/$parts"
    printf '%s\t%s\t%s\n' "${hash:0:16}" "$seconds" "$class"
  done < <(grep -v '^#' build/verify/full.tsv) | sort |
    awk -F'\t' -v most=$SLICE_SECONDS '$2 + sum <= most { sum += $2; printf "%s%s", sep, $3; sep = "," }'
}

# Which third a short run takes of what is taken by thirds: 1 to 3, by the hash of all files.
chosen_third() {
  if [ -n "${HIKAE_THIRD+set}" ]; then
    echo "$HIKAE_THIRD"
    return
  fi
  local content hash
  content=$(git rev-parse 'HEAD^{tree}' 2> /dev/null || cat build/verify/full.tsv)
  hash=$(printf '%s third' "$content" | sha256sum | cut -c1-7)
  echo $((0x$hash % 3 + 1))
}

# What a third is to Maven: tests that are EveryThirdRun, what Error Prone says of tests, and formats. Without a third all of it.
third_of_all() { # THIRD
  local module
  [ -n "$1" ] || return 0
  echo "-Dhikae.third=$1"
  for module in 1 2 3; do
    [ "$module" = "$1" ] || printf '%s\n' "-Dhikae.checks.$module=-XepDisableAllChecks" "-Dhikae.skip.formats.$module=true"
  done
}

# Tests inside the server run on PostgreSQL; on H2 too when it is their turn.
h2_in() { # SLICE
  case ",$1," in
    *,container-h2,*) echo -Dhikae.skip.h2=false ;;
    *) echo -Dhikae.skip.h2=true ;;
  esac
}

# Adds up the reports of all modules: passed failed skipped. Each test is counted itself: of nested classes' tests a report says in its head
# that there are none.
tally() {
  find . -path '*/target/*-reports*/TEST-*.xml' | sort | xargs -r awk '
    /<testcase / { all++; open = !/\/>[ \t]*$/; told = 0 }
    /<\/testcase>|<system-(out|err)>/ { open = 0 }
    open && !told && /<(failure|error)[ >]/ { bad++; told = 1 }
    open && !told && /<skipped[ >\/]/ { skip++; told = 1 }
    END { print all - bad - skip + 0, bad + 0, skip + 0 }'
}

# Which tests failed, each with why and where: who has this output only must be able to understand it.
failures() {
  find . -path '*/target/*-reports*/TEST-*.xml' | sort | xargs -r awk '
    function plain(s) {
      gsub(/&#10;/, "\n    ", s); gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&amp;/, "\\&", s)
      return s
    }
    /<testcase / { t = $0; sub(/.* name="/, "", t); sub(/".*/, "", t); c = $0; sub(/.*classname="/, "", c); sub(/".*/, "", c); frames = 0 }
    /<(failure|error)[ >]/ {
      why = $0; if (!sub(/.* message="/, "", why)) sub(/.*<(failure|error)[^>]*>/, "", why)
      sub(/".*/, "", why)
      print "  failed: " c " " t; print "    " substr(plain(why), 1, 2000); frames = 6
    }
    frames > 0 && /^[ \t]*at org\.hikae/ { sub(/^[ \t]*/, ""); print "      " $0; frames-- }
    /<\/testcase>|<system-out>/ { frames = 0 }'
}

# Runs Maven with these arguments and shows how far it is: build_and_test LOG MAVEN_ARGUMENT...
build_and_test() {
  local log=$1 maven progress now result=0
  shift
  find . -path '*/target/*-reports*' -prune -exec rm -rf {} +
  rm -rf "$state/timeline"
  mkdir -p "$state/timeline"
  drop_stale_server
  # It is there before anybody follows it.
  : > "$log"
  # Relative, because Maven's script splits its options at spaces.
  javac -proc:none -d .hikae/verify/compiler build/verify/CompilerPluginCache.java
  java build/verify/SamplerMain.java "$state/samples.tsv" > /dev/null 2>&1 9>&- &
  # A failed test must not hide the ones after it; the tally decides. Maven keeps the lock too: should this script be
  # killed, the next one does not build beside it.
  MAVEN_OPTS="${MAVEN_OPTS:-} -Xbootclasspath/a:.hikae/verify/compiler -Dorg.slf4j.simpleLogger.showDateTime=true -Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss" \
    mvn -B -ntp -T 2 verify -Dmaven.test.failure.ignore=true -Dhikae.timeline="$state/timeline" \
    -Dhikae.tmp="$HIKAE_TMP" "$@" > "$log" 2>&1 &
  maven=$!
  # The log has some hundred thousand lines, so each is read once.
  tail -n +1 -f --pid=$maven "$log" 2> /dev/null 9>&- |
    sed -nu -e 's/.*Building Hikae *\([a-z ]*[a-z]\) .*\[\([0-9/]*\)\].*/module \2 \1/p' \
      -e 's/.*Running \(org\.hikae\.it\..*\)/  \1/p' 9>&- |
    while IFS= read -r now; do printf '[%4d s] %s\n' $SECONDS "$now"; done 9>&- &
  progress=$!
  wait $maven || result=$?
  wait $progress
  if [ $result -ne 0 ]; then
    if grep -qE "Unknown host|Network is unreachable|Connection refused.*repo|Could not transfer (artifact|metadata)|Temporary failure in name resolution" "$log"; then
      echo "Maven could not fetch what it needs; please check the network (a mirror or proxy belongs into ~/.m2/settings.xml)." >&2
    fi
    grep -qE '\[ERROR\].*No space left on device' "$log" && echo "The disk is full; please make room." >&2
    grep -E '^[0-9:]* ?\[ERROR\]' "$log" | head -n 20 >&2 || true
    echo "The build itself failed; the whole story is in $log" >&2
    return 1
  fi
  note_provisioned_server
}

# How a run is shuffled.
shuffled() { # ORDER
  echo "-Dhikae.order=$1"
}

# One run, where its time went, and its tally: run_and_tell ORDER MAVEN_ARGUMENT...
run_and_tell() {
  local order=$1 built=0 passed failed skipped
  shift
  build_and_test "$state/verify.log" "$(shuffled "$order")" "$@" || built=1
  if [ "$mode" = full ] && [ $built -eq 0 ]; then
    mutants_of_changes "$order" || built=1
  fi
  java build/verify/TimeReportMain.java "$state" "$state/verify.log" || true
  read -r passed failed skipped <<< "$(tally)"
  failures
  [ "$failed" -eq 0 ] || echo "In the same order again: HIKAE_ORDER=$order ./verify; one class of it: HIKAE_ORDER=$order ./verify --repeat 1 CLASS"
  failed=$((failed + built))
  echo "$SECONDS s, $skipped skipped; where the time went: .hikae/verify/report.txt"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

# What tells Maven to run these classes of tests only, one argument a line: only CLASS ...
only() {
  local one unit=none system=none container=none
  for one in "$@"; do
    case $one in
      *ContainerIT* | RolloutSimulationIT*) container+=,$one ;;
      *IT | *IT[#\$]*) system+=,$one ;;
      *) unit+=,$one ;;
    esac
  done
  printf '%s\n' -Djacoco.skip -Dtest="$unit" -Dit.test="$system" -Dhikae.container.test="$container" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
}

# Runs again and again, each in another order: repeat TIMES [CLASS ...]
repeat() {
  local times=$1 book=$state/repeat.tally what order built passed failed skipped arguments third
  shift
  what="$(git rev-parse HEAD 2> /dev/null) $times $*"
  if [ "$(head -n 1 "$book" 2> /dev/null)" != "$what" ]; then
    printf '%s\n' "$what" > "$book"
    rm -f "$state"/repeat-*.failures
  fi
  if [ $# -gt 0 ]; then
    mapfile -t arguments < <(only "$@")
    arguments+=(-Dhikae.skip.h2=false)
  else
    arguments=("${SHORT[@]}" -Dhikae.slice= -Dhikae.skip.h2=true)
  fi
  while [ "$(($(wc -l < "$book") - 1))" -lt "$times" ]; do
    local round=$(wc -l < "$book") began=$SECONDS
    order=$(chosen_order)
    echo "Run $round of $times, order $order"
    third=()
    # Three rounds have all.
    [ $# -gt 0 ] || mapfile -t third < <(third_of_all $((round % 3 + 1)))
    built=0
    build_and_test "$state/repeat-$round.log" "$(shuffled "$order")" "${arguments[@]}" "${third[@]}" || built=1
    read -r passed failed skipped <<< "$(tally)"
    failures | tee "$state/repeat-$round.failures"
    end_leftovers
    echo "$passed $((failed + built)) $skipped order=$order" >> "$book"
    echo "  $passed passed, $((failed + built)) failed in $((SECONDS - began)) s"
  done
  sum_up "$book" 1
}

long() {
  local rounds=${HIKAE_LONG_ROUNDS:-12} book=$state/long.tally round built passed failed skipped
  [ -f "$book" ] || echo "rounds of ./verify --long" > "$book"
  for ((round = $(wc -l < "$book"); round <= rounds; round++)); do
    echo "Round $round of $rounds"
    built=0
    build_and_test "$state/long-$round.log" "$(shuffled "$round")" -Dhikae.factor="${HIKAE_LONG_FACTOR:-10}" -Dhikae.seed="$round" || built=1
    read -r passed failed skipped <<< "$(tally)"
    failures | tee "$state/long-$round.failures"
    end_leftovers
    echo "$passed $((failed + built)) $skipped" >> "$book"
    echo "  $passed passed, $((failed + built)) failed"
  done
  sum_up "$book"
}

# The tally of many runs; the book goes when all was well, so that the next begins anew.
sum_up() { # BOOK
  awk 'NR > 1 { n++; p += $1; f += $2 } END { print n + 0 " runs"; print p + 0 " passed, " f + 0 " failed"; exit f > 0 }' "$1" || {
    echo "Delete $1 to start anew." >&2
    return 1
  }
  rm -f "$1"
}
