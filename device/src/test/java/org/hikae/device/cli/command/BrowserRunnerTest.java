package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which program shows a page. */
class BrowserRunnerTest {

  private static boolean shown(String path) {
    return BrowserRunner.onDesktopOf(Map.of("PATH", path)).show("page.html");
  }

  @Test
  void only_folders_with_a_whole_path_are_looked_into() throws Exception {
    // Under the working directory, which is where a person may have changed into.
    Path folder = Files.createTempDirectory(Path.of("target"), "programs");
    Path program = Files.writeString(folder.resolve("xdg-open"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(shown(folder.toString())).isFalse();
    assertThat(shown("")).isFalse();
    assertThat(shown("/nowhere:" + folder.toAbsolutePath())).isTrue();
  }
}
