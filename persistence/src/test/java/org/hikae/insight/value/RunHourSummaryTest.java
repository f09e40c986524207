package org.hikae.insight.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunHourSummaryTest {

  private static final Instant NOTED = Instant.parse("2026-11-03T00:00:00Z");

  private static RunPeriodCount period(String beganAt, long done, long failed, long open) {
    return new RunPeriodCount(Instant.parse(beganAt), NOTED, done, failed, open);
  }

  private static RunHourCount hour(RunHourSummary summary, int hour) {
    return summary.hours().get(hour);
  }

  @Test
  void days_are_added_up_by_hour_in_three_results() {
    RunHourSummary summary =
        RunHourSummary.of(
            List.of(
                period("2026-06-01T02:00:00Z", 1, 2, 3),
                period("2026-06-01T02:45:00Z", 10, 20, 30),
                period("2026-06-02T02:15:00Z", 100, 200, 300),
                period("2026-06-02T03:00:00Z", 5, 0, 0)),
            ZoneOffset.UTC);
    assertThat(summary.hours()).hasSize(24).extracting(RunHourCount::hour).startsWith(0, 1, 2);
    assertThat(hour(summary, 2)).isEqualTo(new RunHourCount(2, 111, 222, 333));
    assertThat(hour(summary, 3)).isEqualTo(new RunHourCount(3, 5, 0, 0));
    assertThat(summary.total()).isEqualTo(671);
    assertThat(summary.failed()).isEqualTo(222);
    assertThat(summary.notedAt()).isEqualTo(NOTED);
  }

  /** Also where zones differ by half an hour or a quarter, and where it is another day already. */
  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-06-01T23:45:00Z, 23",
    "Asia/Tokyo, 2026-06-01T23:45:00Z, 8",
    "Asia/Kolkata, 2026-06-01T20:15:00Z, 1",
    "Asia/Kolkata, 2026-06-01T20:30:00Z, 2",
    "Asia/Kathmandu, 2026-06-01T20:00:00Z, 1",
    "Asia/Kathmandu, 2026-06-01T20:15:00Z, 2",
    "America/New_York, 2026-06-01T00:15:00Z, 20"
  })
  void hours_are_those_of_the_zone(ZoneId zone, String beganAt, int hour) {
    assertThat(hour(RunHourSummary.of(List.of(period(beganAt, 1, 0, 0)), zone), hour).done())
        .isEqualTo(1);
  }

  private static RunHourSummary aRunEachQuarterOfDay(String midnight, int hoursOfDay) {
    Instant first = Instant.parse(midnight);
    return RunHourSummary.of(
        IntStream.range(0, 4 * hoursOfDay)
            .mapToObj(quarter -> first.plus(Duration.ofMinutes(15L * quarter)))
            .map(beganAt -> new RunPeriodCount(beganAt, NOTED, 1, 0, 0))
            .toList(),
        ZoneId.of("Europe/Berlin"));
  }

  @Test
  void an_hour_that_the_clock_repeats_counts_twice_and_one_that_it_leaves_out_not_at_all() {
    RunHourSummary autumn = aRunEachQuarterOfDay("2026-10-24T22:00:00Z", 25);
    assertThat(hour(autumn, 2).total()).isEqualTo(8);
    assertThat(autumn.hours()).filteredOn(hour -> hour.total() == 4).hasSize(23);
    RunHourSummary spring = aRunEachQuarterOfDay("2026-03-28T23:00:00Z", 23);
    assertThat(hour(spring, 2).total()).isZero();
    assertThat(spring.hours()).filteredOn(hour -> hour.total() == 4).hasSize(23);
  }

  /** More than half of ten or more. */
  @ParameterizedTest
  @CsvSource({"10, 0, true", "9, 0, false", "6, 5, true", "5, 5, false", "5, 6, false"})
  void most_failures_are_those_of_an_hour_only_by_the_rule(long atTwo, long others, boolean told) {
    RunHourSummary summary =
        RunHourSummary.of(
            List.of(
                period("2026-06-01T02:00:00Z", 0, atTwo, 0),
                period("2026-06-01T05:00:00Z", 900, others / 2, 0),
                period("2026-06-01T07:00:00Z", 0, others - others / 2, 90)),
            ZoneOffset.UTC);
    RunHourCount peak = summary.peak();
    assertThat(peak == null ? -1 : peak.hour()).isEqualTo(told ? 2 : -1);
  }

  @Test
  void without_a_run_nothing_is_noted() {
    RunHourSummary summary = RunHourSummary.of(List.of(), ZoneOffset.UTC);
    assertThat(summary.hours()).hasSize(24);
    assertThat(summary.total()).isZero();
    assertThat(summary.notedAt()).isNull();
    assertThat(summary.peak()).isNull();
  }
}
