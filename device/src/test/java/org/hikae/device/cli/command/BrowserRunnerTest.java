package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which program is started for the person's browser. */
class BrowserRunnerTest {

  @TempDir private Path folder;

  private static boolean shown(String path, String file) {
    return BrowserRunner.ofThisDesktop(Map.of("PATH", path)).show(file);
  }

  private Path program(String name, String mode) throws Exception {
    Path place = Files.createDirectories(folder.resolve(name)).resolve("xdg-open");
    Files.writeString(place, "#!/bin/sh\necho shown > \"$1\"\n");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
    return place.getParent();
  }

  @Test
  void it_comes_from_folders_that_begin_at_the_root_only() throws Exception {
    Path there = program("bin", "rwx------");
    Path relative = Path.of("").toAbsolutePath().relativize(there);
    for (String path : new String[] {"", ":", ".:", relative + "", relative + "::."}) {
      assertThat(shown(path, folder.resolve("never").toString())).as(path).isFalse();
    }
    assertThat(BrowserRunner.ofThisDesktop(Map.of()).show("page")).isFalse();
    Path plain = program("plain", "rw-------");
    Path page = folder.resolve("page");
    assertThat(shown(relative + "::" + plain + ":" + there, page.toString())).isTrue();
    while (!Files.exists(page)) {
      Thread.onSpinWait();
    }
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
