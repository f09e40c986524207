package org.hikae.device.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that hands the link over. */
class WindowLinkFileTest {

  private static final String LINK = "http://window.example.com:4711/#secret";

  @TempDir private Path home;

  @Test
  void only_its_owner_can_read_it_and_it_leads_to_the_window() throws Exception {
    Path folder = home.resolve("window");
    try (WindowLinkFile file = WindowLinkFile.write(folder, LINK)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      Matcher target =
          Pattern.compile("content=\"0;url=([^\"]+)\"").matcher(Files.readString(file.path()));
      assertThat(target.find()).isTrue();
      assertThat(target.group(1)).isEqualTo(LINK);
      assertThat(file.path().toString()).doesNotContain("secret", ":4711");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_a_killed_window_left_goes_and_what_another_one_needs_stays() throws Exception {
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    WindowLinkFile old = WindowLinkFile.write(home, LINK);
    WindowLinkFile fresh = WindowLinkFile.write(home, LINK);
    Files.setLastModifiedTime(old.path(), FileTime.from(now.minusSeconds(601)));
    Files.setLastModifiedTime(fresh.path(), FileTime.from(now.minusSeconds(600)));
    WindowLinkFile.forgetOlder(home, now, Duration.ofMinutes(10));
    assertThat(old.path()).doesNotExist();
    assertThat(fresh.path()).exists();
    WindowLinkFile.forgetOlder(home.resolve("none"), now, Duration.ofMinutes(10));
  }
}
