package org.hikae.device.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence is counted from its first day on, and by the days with a question (HK1-X-10). */
class LogSilenceStoreTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private LogSilenceStore store;

  @BeforeEach
  void make_store() {
    store = new LogSilenceStore(folder.resolve("missing"));
  }

  private static Instant day(int number) {
    return BEGIN.plus(Duration.ofDays(number));
  }

  private void ask(int... days) {
    for (int day : days) {
      store.asked(day(day));
    }
  }

  @Test
  void it_is_an_alarm_after_seven_days() {
    ask(0, 1, 2, 3, 4, 5, 6);
    assertThat(store.alarming(day(7).minusSeconds(1))).isEmpty();
    assertThat(store.alarming(day(7))).contains(BEGIN);
    store.answered();
    assertThat(store.alarming(day(8))).isEmpty();
  }

  @Test
  void two_looks_in_vain_around_a_holiday_are_none() {
    ask(0, 20);
    assertThat(store.alarming(day(20))).isEmpty();
    ask(20);
    assertThat(store.alarming(day(20))).as("the same day again").isEmpty();
    ask(21);
    assertThat(store.alarming(day(21))).contains(BEGIN);
  }

  @Test
  void a_clock_that_was_ahead_for_one_look_is_no_week() {
    ask(0, 30);
    assertThat(store.alarming(day(30))).isEmpty();
    ask(1, 2, 3);
    assertThat(store.alarming(day(3))).isEmpty();
  }

  @Test
  void a_clock_that_was_put_back_begins_it_anew() {
    ask(365, 0);
    assertThat(store.alarming(day(2))).isEmpty();
    ask(1, 2);
    assertThat(store.alarming(day(7))).contains(BEGIN);
  }

  @Test
  void a_damaged_file_is_as_none() throws Exception {
    Path file = Files.createDirectories(folder.resolve("missing")).resolve("silent-since");
    for (String damaged : new String[] {"", "x", "1 1", "9".repeat(19), "9".repeat(100)}) {
      Files.writeString(file, damaged);
      ask(0, 1, 2);
      assertThat(store.alarming(day(7))).contains(BEGIN);
      store.answered();
    }
  }
}
