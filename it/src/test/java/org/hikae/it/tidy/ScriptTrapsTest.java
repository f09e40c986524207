package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a script does at its end must not become its exit code: under {@code set -e} bash ends with
 * the code of a command that fails in the trap, so that all may have gone well and the caller is
 * told that it failed.
 */
class ScriptTrapsTest {

  private static final Pattern TRAP = Pattern.compile("(?m)^trap '([^']+)' EXIT$");

  /**
   * The variables that traps name; of each there is nothing to remove, and no process of that name.
   */
  private static final String FRAME =
      """
      set -euo pipefail
      work=$1/none list=$1/none folder=$1/none maven=none
      trap 'BODY' EXIT
      exit CODE
      """;

  @Test
  void a_trap_leaves_the_exit_code_as_it_is(@TempDir Path temp) throws Exception {
    Map<String, Integer> changed = new TreeMap<>();
    int traps = 0;
    for (Path script : scripts()) {
      Matcher trap = TRAP.matcher(Files.readString(script));
      while (trap.find()) {
        traps++;
        for (int code : new int[] {0, 3}) {
          int got =
              run(
                  FRAME.replace("BODY", trap.group(1)).replace("CODE", Integer.toString(code)),
                  temp);
          if (got != code) {
            changed.put(script.getFileName() + ": " + trap.group(1), got);
          }
        }
      }
    }
    assertThat(traps).isGreaterThan(5);
    assertThat(changed).isEmpty();
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(BuildOutput.root().resolve("scripts"))) {
      return files.filter(Files::isRegularFile).filter(ScriptTrapsTest::isBash).toList();
    }
  }

  private static boolean isBash(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().orElse("").contains("bash");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int run(String text, Path folder) throws Exception {
    return new ProcessBuilder("bash", "-c", text, "-", folder.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
