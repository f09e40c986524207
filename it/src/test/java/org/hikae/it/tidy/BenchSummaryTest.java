package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What {@code ./bench backup} makes of its figures, and what it refuses. */
class BenchSummaryTest {

  private static final int REFUSED = 2;

  private record CommandResult(int code, String text) {}

  @Test
  void figures_are_counted_rightly() throws Exception {
    Assumptions.assumeTrue(run("sh", "-c", "command -v python3").code() == 0, "no python3");
    CommandResult result = run("python3", "scripts/bench/summary_test.py");
    assertThat(result.code()).as(result.text()).isZero();
    assertThat(result.text()).contains("Ran ").doesNotContain("Ran 0");
  }

  @Test
  void options_that_it_does_not_know_are_refused_before_anything_is_built() throws Exception {
    for (String options :
        new String[] {
          "--store=files",
          "--store tape",
          "--store files,files",
          "--agent old",
          "--against duplicity",
          "--set etc",
          "--set home,",
          "--runs 0",
          "--scale 2",
          "--rest 601",
          "--phases check",
          "--directory /no/such",
          "--record --runs",
          "--record --trial"
        }) {
      CommandResult result = run("sh", "-c", "./bench backup " + options);
      assertThat(result.code()).as(options + ": " + result.text()).isEqualTo(REFUSED);
      assertThat(result.text()).contains("usage: ./bench backup");
    }
    assertThat(run("./bench", "gateway", "--agent", "new").code()).isEqualTo(REFUSED);
  }

  @Test
  void help_is_no_failure() throws Exception {
    CommandResult result = run("./bench", "backup", "--help");
    assertThat(result.code()).isZero();
    assertThat(result.text()).contains("--store", "--agent", "--against", "--set", "--record");
  }

  private static CommandResult run(String... command) throws Exception {
    Path root = BuildOutput.root();
    Process process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandResult(process.waitFor(), text);
  }
}
