package org.hikae.device.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts other programs of the computer; a port, so that tests need none of them. */
@FunctionalInterface
public interface ProgramRunner {

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param out the beginning of what it wrote
   */
  record ProgramResult(int exit, String out) {}

  /** Runs one to its end; nothing when it is not there or takes too long. */
  Optional<ProgramResult> run(List<String> command);

  /** Those of this computer. */
  static ProgramRunner real() {
    return command -> {
      try {
        return ended(new ProcessBuilder(command).redirectErrorStream(true).start());
      } catch (IOException e) {
        // It is not installed.
        return Optional.empty();
      }
    };
  }

  private static Optional<ProgramResult> ended(Process program) throws IOException {
    Duration limit = Duration.ofSeconds(20);
    // What is read is small, but a program that hangs must not hang us: its end ends the reading.
    Thread guard =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    if (!program.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                      program.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (InputStream out = program.getInputStream()) {
      program.getOutputStream().close();
      String text = new String(out.readNBytes(64 * 1024), StandardCharsets.UTF_8);
      boolean inTime = program.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
      return inTime ? Optional.of(new ProgramResult(program.exitValue(), text)) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      program.destroyForcibly();
      guard.interrupt();
    }
  }
}
