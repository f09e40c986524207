package org.hikae.it.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.testing.BuildOutput;

/** Runs the commands that an administrator types. */
final class AdminShell {

  private static final long LIMIT_SECONDS = 120;

  private AdminShell() {}

  /** How a command ended; what it said on both channels. */
  record Ended(int exitCode, String said) {

    /** What it said, when it did what it should. */
    String done() {
      assertThat(exitCode).as(said).isZero();
      return said;
    }

    /** The rest of the line that begins so. */
    String after(String beginning) {
      return said.lines()
          .filter(line -> line.startsWith(beginning))
          .map(line -> line.substring(beginning.length()).strip())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + beginning + " in " + said));
    }
  }

  /** Runs a command with these settings in its environment. */
  static Ended run(Map<String, String> environment, Object... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(Path.of("/dev/null").toFile());
    Path said = java.nio.file.Files.createTempFile("rehearsal", ".out");
    try {
      Process process = builder.redirectOutput(said.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " did not end");
      }
      return new Ended(
          process.exitValue(), java.nio.file.Files.readString(said, StandardCharsets.UTF_8));
    } finally {
      java.nio.file.Files.delete(said);
    }
  }

  /** The shipped program of this module and name. */
  static Path shipped(String module, String program) {
    return BuildOutput.root().resolve(module).resolve("target/hikae-" + module + "/bin/" + program);
  }
}
