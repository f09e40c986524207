package org.hikae.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The independent verifier ({@code verifier/}), run by Debian's Python as an auditor runs it. It is
 * never left out: where Python lacks a package the test fails, and says what to install.
 */
public final class VerifierProgram {

  /** Debian's own, whatever stands before it in the path: it has Debian's packages. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String INSTALL =
      "The verifier needs Debian's Python with three packages: apt-get install python3"
          + " python3-cryptography python3-zstandard python3-argon2";

  private static final long MINUTES = 5;

  private VerifierProgram() {}

  /**
   * How it ended.
   *
   * @param exit its exit code
   * @param said what it wrote, errors too
   */
  public record Ending(int exit, String said) {}

  /** Runs {@code python3 -m restorer} with these arguments. */
  public static Ending run(Path scratch, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("-m", "restorer"));
    command.addAll(List.of(arguments));
    return python(scratch, command);
  }

  /** Runs its own tests. */
  public static Ending runTests(Path scratch) throws Exception {
    return python(scratch, List.of("-m", "unittest", "discover", "-t", "."));
  }

  private static Ending python(Path scratch, List<String> arguments) throws Exception {
    Ending packages = start(scratch, List.of("-c", "import argon2, cryptography, zstandard"));
    if (packages.exit() != 0) {
      throw new AssertionError(INSTALL + System.lineSeparator() + packages.said());
    }
    return start(scratch, arguments);
  }

  private static Ending start(Path scratch, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(arguments);
    Path said = Files.createTempFile(scratch, "verifier", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(BuildOutput.root().resolve("verifier").toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONIOENCODING", "utf-8",
                "TMPDIR", scratch.toString()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError(INSTALL, e);
    }
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("the verifier has not ended");
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ending(
        process.exitValue(), new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
  }
}
