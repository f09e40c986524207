# Sourced: builds everything with the classes that measure it; leaves $measure, the command that starts one of them.
# Needs $state, scripts/jdk.sh and scripts/need.sh.
echo "Building ..."
mvn -B -ntp package dependency:build-classpath -Dmdep.outputFile=target/test-classpath -DskipTests -pl it -am \
  -Dspotless.check.skip -Dforbiddenapis.skip -Djacoco.skip > "$state/build.log" 2>&1 \
  || fail "the build failed; the whole story is in $state/build.log"
measure="$JAVA_HOME/bin/java -Dhikae.root=$PWD -cp it/target/test-classes:$(cat it/target/test-classpath)"
