# Sourced by ./verify: changes classes at one place at a time, and says which changes no test notices.
# Needs $state and scripts/need.sh.

# Seconds that ./verify --full gives to the classes that changed; with the preparation three minutes.
MUTANT_SECONDS=150

# Compiles, and asks Maven for the class paths of the modules and of the tool.
prepare_mutants() {
  local modules log=$state/mutants/maven.log
  mkdir -p "$state/mutants"
  modules=$(grep -v '^#' build/mutants/packages.tsv | cut -f 4 | sort -u | paste -sd ,)
  mvn -B -ntp -T 2 test-compile dependency:build-classpath -pl "$modules" -am -DincludeScope=test \
    -Dmdep.outputFile=target/mutants-libraries.txt -Dspotless.check.skip -Dforbiddenapis.skip \
    -Denforcer.skip > "$log" 2>&1 &&
    mvn -B -ntp -f build/mutants/pom.xml dependency:build-classpath -DincludeScope=runtime \
      -Dmdep.outputFile="$state/mutants/pit" >> "$log" 2>&1 || {
    grep '^\[ERROR\]' "$log" | head -n 20 >&2
    echo "The build itself failed; the whole story is in $log" >&2
    return 1
  }
}

mutants() { # all [NAME ...] | changed SECONDS ORDER
  local what=$1
  shift
  prepare_mutants && java -Djava.io.tmpdir="$HIKAE_TMP" build/mutants/MutantsMain.java "$what" "$state/mutants" "$@"
}

# A part of ./verify --full, and of its report; next to nothing when no class of the list changed.
mutants_of_changes() { # ORDER
  local order=$1 due began result=0
  if ! due=$(java build/mutants/MutantsMain.java due "$state/mutants"); then
    echo "$due"
    return 1
  fi
  if [ -z "$due" ]; then
    echo "Mutants: no class changed since it was tried."
    return 0
  fi
  began=$(date +%s%3N)
  printf '[%4d s] mutants of %d classes that changed\n' $SECONDS "$(wc -l <<< "$due")"
  mutants changed $MUTANT_SECONDS "$order" || result=1
  printf 'class\tmutants\t0\t%s\t%s\n' "$began" "$(date +%s%3N)" > "$state/timeline/mutants.tsv"
  return $result
}
