package org.hikae.device.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alarm stands until its file is moved aside (HK1-X-10). */
class LogAlarmStoreTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void the_first_one_stays() throws Exception {
    LogAlarmStore store = new LogAlarmStore(folder);
    assertThat(store.standing()).isEmpty();
    store.raise("FORKED", NOW);
    store.raise("SHRUNK", NOW.plusSeconds(9));
    assertThat(new LogAlarmStore(folder).standing()).hasValue(new LogAlarm("FORKED", NOW));
  }

  @Test
  void one_that_cannot_be_read_stands_too() throws Exception {
    for (String damaged : new String[] {"", "FORKED", "forked 1", "\u0080", "x".repeat(100)}) {
      Files.writeString(folder.resolve("alarm"), damaged);
      assertThat(new LogAlarmStore(folder).standing()).isPresent();
    }
    Files.delete(folder.resolve("alarm"));
    Files.createDirectories(folder.resolve("alarm/inside"));
    assertThat(new LogAlarmStore(folder).standing()).isPresent();
  }

  @Test
  void it_is_told_on_the_desktop_once_a_day() throws Exception {
    LogAlarmStore store = new LogAlarmStore(folder);
    assertThat(store.tellsNow(NOW)).isTrue();
    assertThat(store.tellsNow(NOW.plus(Duration.ofHours(19)))).isFalse();
    assertThat(store.tellsNow(NOW.plus(Duration.ofHours(20)))).isTrue();
    assertThat(store.tellsNow(NOW)).as("after a clock that was put back").isTrue();
    Files.writeString(folder.resolve("alarm-told"), "damaged");
    assertThat(store.tellsNow(NOW)).isTrue();
  }
}
