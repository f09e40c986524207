package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendTimeTest {

  /** 21:00 in Tokyo. */
  private static final Instant EVENING = Instant.parse("2026-06-01T12:00:00Z");

  private static RecipientSchedule times(
      @Nullable String from, @Nullable String until, @Nullable String digest) {
    return new RecipientSchedule(
        ZoneId.of("Asia/Tokyo"), time(from), time(until), time(digest), null);
  }

  private static @Nullable LocalTime time(@Nullable String text) {
    return text == null ? null : LocalTime.parse(text);
  }

  @ParameterizedTest
  @CsvSource({
    "20:00, 07:00, 2026-06-01T22:00:00Z",
    "21:00, 21:01, 2026-06-01T12:01:00Z",
    "22:00, 07:00, 2026-06-01T12:00:00Z",
    "09:00, 21:00, 2026-06-01T12:00:00Z",
    "09:00, 21:30, 2026-06-01T12:30:00Z",
    "21:30, 21:15, 2026-06-01T12:15:00Z",
  })
  void quiet_hours_hold_back_until_they_end(String from, String until, Instant expected) {
    RecipientSchedule times = times(from, until, null);
    assertThat(SendTime.of(times, Severity.WARNING, EVENING)).isEqualTo(expected);
    assertThat(SendTime.of(times, Severity.CRITICAL, EVENING)).isEqualTo(EVENING);
  }

  @Test
  void a_digest_goes_at_its_next_time_and_never_holds_what_is_critical() {
    assertThat(SendTime.of(times(null, null, "21:00"), Severity.INFO, EVENING))
        .isEqualTo(Instant.parse("2026-06-02T12:00:00Z"));
    RecipientSchedule night = times("20:00", "07:00", "08:30");
    assertThat(SendTime.of(night, Severity.INFO, EVENING))
        .isEqualTo(Instant.parse("2026-06-01T23:30:00Z"));
    assertThat(SendTime.isDigest(night, Severity.WARNING)).isTrue();
    assertThat(SendTime.isDigest(night, Severity.CRITICAL)).isFalse();
    assertThat(SendTime.isDigest(times(null, null, null), Severity.INFO)).isFalse();
  }

  @Test
  void an_hour_that_summer_time_skips_is_not_lost() {
    // At 02:00 of that day the clocks in Berlin show 03:00.
    RecipientSchedule times =
        new RecipientSchedule(
            ZoneId.of("Europe/Berlin"),
            LocalTime.parse("22:00"),
            LocalTime.parse("02:30"),
            null,
            null);
    assertThat(SendTime.of(times, Severity.INFO, Instant.parse("2026-03-28T23:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void muted_until_then() {
    RecipientSchedule times = new RecipientSchedule(ZoneId.of("UTC"), null, null, null, EVENING);
    assertThat(SendTime.isMuted(times, EVENING.minusSeconds(1))).isTrue();
    assertThat(SendTime.isMuted(times, EVENING)).isFalse();
  }
}
