package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  static Schedule every(int hours, int at) {
    return new Schedule(
        Schedule.VERSION,
        List.of(Schedule.text(new byte[] {'/'})),
        Schedule.text(new byte[] {'/'}),
        hours,
        at,
        false,
        false,
        3);
  }

  @ParameterizedTest
  @CsvSource({
    // Tokyo is nine hours ahead.
    "24, 750, 2026-07-01T00:00:00Z, 2026-07-01T03:30:00Z",
    "24, 750, 2026-07-01T03:29:59Z, 2026-07-01T03:30:00Z",
    "24, 750, 2026-07-01T03:30:00Z, 2026-07-02T03:30:00Z",
    "4, 750, 2026-07-01T03:30:00Z, 2026-07-01T07:30:00Z",
    "4, 750, 2026-06-30T15:00:00Z, 2026-06-30T15:30:00Z",
    "1, 0, 2026-07-01T14:59:59Z, 2026-07-01T15:00:00Z",
    "12, 1439, 2026-07-01T03:00:00Z, 2026-07-01T14:59:00Z",
  })
  void the_next_time_is_by_the_clock_on_the_wall(int hours, int at, String after, String next) {
    assertThat(every(hours, at).next(Instant.parse(after), TOKYO)).isEqualTo(next);
  }

  @Test
  void it_never_stands_still_and_never_skips_a_day_when_clocks_are_changed() {
    for (String day : List.of("2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z")) {
      for (int hours : Schedule.HOURS) {
        Instant begin = Instant.parse(day);
        Instant moment = begin;
        int count = 0;
        while (moment.isBefore(begin.plus(Duration.ofDays(3)))) {
          Instant next = every(hours, 150).next(moment, BERLIN);
          assertThat(next).isAfter(moment);
          assertThat(Duration.between(moment, next))
              .isLessThanOrEqualTo(Duration.ofHours(hours + 1L));
          moment = next;
          count++;
        }
        assertThat(count).isBetween(3 * 24 / hours - 1, 3 * 24 / hours + 1);
      }
    }
  }

  @Test
  void the_spread_is_half_an_hour_and_less_when_it_is_due_often() {
    assertThat(every(24, 0).spread()).isEqualTo(Duration.ofMinutes(30));
    assertThat(every(1, 0).spread()).isEqualTo(Duration.ofSeconds(450));
  }

  @Test
  void what_a_file_may_hold_is_checked() {
    Schedule good = every(24, 0);
    assertThat(good.isSound()).isTrue();
    String root = good.workingDirectory();
    List<String> paths = good.arguments();
    assertThat(
            List.of(
                new Schedule(2, paths, root, 24, 0, false, false, 3),
                new Schedule(1, List.of("%%"), root, 24, 0, false, false, 3),
                new Schedule(1, List.of("A".repeat(20_000)), root, 24, 0, false, false, 3),
                new Schedule(
                    1,
                    Collections.nCopies(Schedule.MAX_ARGUMENTS + 1, root),
                    root,
                    24,
                    0,
                    false,
                    false,
                    3),
                new Schedule(1, paths, "%%", 24, 0, false, false, 3),
                new Schedule(1, paths, root, 5, 0, false, false, 3),
                new Schedule(1, paths, root, 0, 0, false, false, 3),
                new Schedule(1, paths, root, 24, 1440, false, false, 3),
                new Schedule(1, paths, root, 24, -1, false, false, 3),
                new Schedule(1, paths, root, 24, 0, false, false, 0),
                new Schedule(1, paths, root, 24, 0, false, false, 366)))
        .noneMatch(Schedule::isSound);
  }
}
