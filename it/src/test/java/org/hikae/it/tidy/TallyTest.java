package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./verify} counts, by reports as Maven writes them. */
class TallyTest {

  /** Maven says of a class whose tests are all in nested ones that it has none. */
  private static final String NESTED =
      """
      <testsuite name="org.hikae.NestedIT" tests="0" errors="0" skipped="0" failures="0">
        <testcase name="a" classname="org.hikae.NestedIT$One" time="1"/>
        <testcase name="b" classname="org.hikae.NestedIT$One" time="1">
          <failure message="no" type="java.lang.AssertionError"><![CDATA[no]]></failure>
        </testcase>
        <testcase name="c" classname="org.hikae.NestedIT$Two" time="1">
          <error message="no" type="java.io.IOException"><![CDATA[<error >]]></error>
          <system-out><![CDATA[<failure >]]></system-out>
        </testcase>
      </testsuite>
      """;

  private static final String PLAIN =
      """
      <testsuite name="org.hikae.PlainTest" tests="3" errors="0" skipped="1" failures="0">
        <testcase name="a" classname="org.hikae.PlainTest" time="0">
          <skipped message="no"/>
        </testcase>
        <testcase name="b" classname="org.hikae.PlainTest" time="0">
          <system-out><![CDATA[<failure > in what the test printed]]></system-out>
        </testcase>
        <testcase name="c" classname="org.hikae.PlainTest" time="0"/>
      </testsuite>
      """;

  @Test
  void each_test_counts_whatever_the_head_of_its_report_says(@TempDir Path temp) throws Exception {
    report(temp, "one/target/failsafe-reports/TEST-org.hikae.NestedIT.xml", NESTED);
    report(temp, "two/target/surefire-reports/TEST-org.hikae.PlainTest.xml", PLAIN);

    assertThat(tally(temp)).isEqualTo("3 2 1");
  }

  private static void report(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String tally(Path folder) throws Exception {
    Process shell =
        new ProcessBuilder(
                "bash", "-c", ". build/verify/run.sh && cd \"$1\" && tally", "-", folder.toString())
            .directory(BuildOutput.root().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    return said.strip();
  }
}
