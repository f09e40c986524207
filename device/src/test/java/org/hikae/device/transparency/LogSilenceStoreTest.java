package org.hikae.device.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence is counted from its first day on (HK1-X-10). */
class LogSilenceStoreTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void it_is_an_alarm_after_seven_days() {
    LogSilenceStore store = new LogSilenceStore(folder);
    assertThat(store.unanswered(BEGIN)).isEmpty();
    assertThat(store.unanswered(BEGIN.plus(Duration.ofDays(7)).minusSeconds(1))).isEmpty();
    assertThat(store.unanswered(BEGIN.plus(Duration.ofDays(7)))).contains(BEGIN);
    store.answered();
    assertThat(store.unanswered(BEGIN.plus(Duration.ofDays(8)))).isEmpty();
  }

  @Test
  void a_clock_that_was_put_back_begins_it_anew() {
    LogSilenceStore store = new LogSilenceStore(folder);
    store.unanswered(BEGIN.plus(Duration.ofDays(365)));
    assertThat(store.unanswered(BEGIN)).isEmpty();
    assertThat(store.unanswered(BEGIN.plus(Duration.ofDays(7)))).contains(BEGIN);
  }

  @Test
  void a_damaged_file_is_as_none() throws Exception {
    LogSilenceStore store = new LogSilenceStore(folder);
    for (String damaged : new String[] {"", "x", "9".repeat(19), "9".repeat(100)}) {
      Files.writeString(folder.resolve("silent-since"), damaged);
      assertThat(store.unanswered(BEGIN)).isEmpty();
      assertThat(store.unanswered(BEGIN.plus(Duration.ofDays(7)))).contains(BEGIN);
    }
  }
}
