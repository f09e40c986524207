package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.testing.BuildOutput;

/** The restic of the system's other releases. */
public final class ResticReleases {

  private static final String SCRIPT = "other-restics";

  private ResticReleases() {}

  /** Their programs, at least one; got once and kept. */
  public static List<Path> programs() throws IOException, InterruptedException {
    Path errors = Files.createTempFile(SCRIPT, ".err");
    try {
      Process process =
          new ProcessBuilder(
                  BuildOutput.script(SCRIPT).toString(),
                  BuildOutput.root().resolve(".hikae/restic").toString())
              .redirectError(errors.toFile())
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s", Files.readString(errors)).isZero();
      return out.lines().map(Path::of).toList();
    } finally {
      Files.delete(errors);
    }
  }
}
