package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.VerifierProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The independent verifier passes its own tests, which are in Python. Budget: 15 seconds. */
@EveryThirdRun
class VerifierTest {

  private static final Pattern RAN = Pattern.compile("Ran (\\d+) tests");

  /** So that a folder in which nothing is found does not pass. */
  private static final int AT_LEAST = 50;

  @Test
  void its_own_tests_pass(@TempDir Path scratch) throws Exception {
    VerifierProgram.Ending ending = VerifierProgram.runTests(scratch);
    assertThat(ending.exit()).as(ending.said()).isZero();
    Matcher ran = RAN.matcher(ending.said());
    assertThat(ran.find()).as(ending.said()).isTrue();
    assertThat(Integer.parseInt(ran.group(1))).isGreaterThan(AT_LEAST);
  }
}
