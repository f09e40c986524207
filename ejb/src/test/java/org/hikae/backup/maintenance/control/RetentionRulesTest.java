package org.hikae.backup.maintenance.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.hikae.backup.view.RetentionReason;
import org.hikae.policy.view.SnapshotRetention;
import org.junit.jupiter.api.Test;

/** Which snapshots stay (HK1-H-06), also when the server's clock is or was wrong. */
class RetentionRulesTest {

  /** A Thursday. */
  private static final Instant NOW = Instant.parse("2026-11-26T01:30:00Z");

  private static final SnapshotRetention NONE =
      new SnapshotRetention(0, 0, 0, 0, 0, 0, Duration.ZERO);

  private static SnapshotRetention rule(int last, int hourly, int daily) {
    return new SnapshotRetention(last, hourly, daily, 0, 0, 0, Duration.ZERO);
  }

  private static SnapshotRetention far(int weekly, int monthly, int yearly) {
    return new SnapshotRetention(0, 0, 0, weekly, monthly, yearly, Duration.ZERO);
  }

  private static List<Set<RetentionReason>> decide(SnapshotRetention rule, String... newestFirst) {
    return RetentionRules.decide(times(newestFirst), List.of(rule), NOW);
  }

  private static List<Instant> times(String... texts) {
    return java.util.Arrays.stream(texts).map(Instant::parse).toList();
  }

  @Test
  void decides_nothing_about_an_empty_series() {
    assertThat(RetentionRules.decide(List.of(), List.of(NONE), NOW)).isEmpty();
  }

  @Test
  void keeps_the_newest_although_no_rule_does() {
    assertThat(decide(NONE, "2020-01-01T00:00:00Z", "2019-01-01T00:00:00Z"))
        .containsExactly(Set.of(RetentionReason.NEWEST), Set.of());
  }

  @Test
  void keeps_the_last_ones() {
    assertThat(
            decide(
                rule(2, 0, 0),
                "2026-11-25T03:00:00Z",
                "2026-11-25T02:59:00Z",
                "2026-11-25T02:58:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.LAST),
            Set.of(RetentionReason.LAST),
            Set.of());
  }

  @Test
  void keeps_the_newest_of_each_hour_that_has_one() {
    assertThat(
            decide(
                rule(0, 2, 0),
                "2026-11-25T03:59:59Z",
                "2026-11-25T03:00:00Z",
                // Hours without a snapshot do not count.
                "2026-11-20T23:59:59.999999Z",
                "2026-11-20T22:00:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.HOURLY),
            Set.of(),
            Set.of(RetentionReason.HOURLY),
            Set.of());
  }

  @Test
  void days_end_at_midnight_utc_also_when_clocks_are_put_back() {
    // In Berlin these two lie on one day, and that day has 25 hours.
    assertThat(
            decide(
                rule(0, 0, 2),
                "2026-10-25T00:00:00Z",
                "2026-10-24T23:59:59Z",
                "2026-10-24T00:00:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.DAILY),
            Set.of(RetentionReason.DAILY),
            Set.of());
  }

  @Test
  void weeks_begin_on_monday_and_know_the_turn_of_the_year() {
    // 2027-01-03 is a Sunday of the last week of 2026; 2026-12-28 is its Monday.
    assertThat(
            RetentionRules.decide(
                times(
                    "2027-01-04T00:00:00Z",
                    "2027-01-03T12:00:00Z",
                    "2026-12-28T00:00:00Z",
                    "2026-12-27T23:00:00Z"),
                List.of(far(3, 0, 0)),
                Instant.parse("2027-01-05T00:00:00Z")))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.WEEKLY),
            Set.of(RetentionReason.WEEKLY),
            Set.of(),
            Set.of(RetentionReason.WEEKLY));
  }

  @Test
  void the_same_week_of_two_years_is_two_weeks() {
    assertThat(decide(far(2, 0, 0), "2026-06-03T00:00:00Z", "2025-06-04T00:00:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.WEEKLY), Set.of(RetentionReason.WEEKLY));
  }

  @Test
  void the_same_month_of_two_years_is_two_months_and_leap_days_are_days() {
    assertThat(
            decide(
                far(0, 2, 0),
                "2025-02-01T00:00:00Z",
                "2024-02-29T23:00:00Z",
                "2024-02-28T23:00:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.MONTHLY),
            Set.of(RetentionReason.MONTHLY),
            Set.of());
  }

  @Test
  void keeps_the_newest_of_each_year() {
    assertThat(
            decide(
                far(0, 0, 2),
                "2026-01-01T00:00:00Z",
                "2025-12-31T23:59:59Z",
                "2025-01-01T00:00:00Z",
                "2024-12-31T00:00:00Z"))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.YEARLY),
            Set.of(RetentionReason.YEARLY),
            Set.of(),
            Set.of());
  }

  @Test
  void keeps_what_is_no_older_to_the_microsecond() {
    SnapshotRetention week = new SnapshotRetention(0, 0, 0, 0, 0, 0, Duration.ofDays(7));
    Instant edge = NOW.minus(Duration.ofDays(7));
    List<Instant> times = List.of(NOW, edge, edge.minusNanos(1000));
    assertThat(RetentionRules.decide(times, List.of(week), NOW))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.WITHIN),
            Set.of(RetentionReason.WITHIN),
            Set.of());
  }

  @Test
  void one_snapshot_may_stay_for_several_reasons() {
    SnapshotRetention all = new SnapshotRetention(1, 1, 1, 1, 1, 1, Duration.ofDays(7));
    assertThat(decide(all, "2026-11-25T03:00:00Z").getFirst())
        .containsExactlyInAnyOrder(
            RetentionReason.NEWEST,
            RetentionReason.LAST,
            RetentionReason.HOURLY,
            RetentionReason.DAILY,
            RetentionReason.WEEKLY,
            RetentionReason.MONTHLY,
            RetentionReason.YEARLY,
            RetentionReason.WITHIN);
  }

  @Test
  void every_policy_that_still_counts_keeps_its_own() {
    List<Instant> times =
        times("2026-11-25T03:00:00Z", "2026-11-25T02:00:00Z", "2026-11-24T02:00:00Z");
    assertThat(RetentionRules.decide(times, List.of(rule(2, 0, 0), rule(0, 0, 2)), NOW))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.LAST, RetentionReason.DAILY),
            Set.of(RetentionReason.LAST),
            Set.of(RetentionReason.DAILY));
    assertThat(RetentionRules.decide(times, List.of(NONE), NOW).subList(1, 3))
        .containsExactly(Set.of(), Set.of());
  }

  @Test
  void huge_and_negative_numbers_keep_all_or_nothing() {
    int most = Integer.MAX_VALUE;
    SnapshotRetention huge =
        new SnapshotRetention(
            most, most, most, most, most, most, Duration.ofSeconds(Long.MAX_VALUE));
    SnapshotRetention negative = new SnapshotRetention(-1, -1, -1, -1, -1, -1, Duration.ofDays(-1));
    String[] two = {"2026-11-25T03:00:00Z", "1970-01-01T00:00:00Z"};
    assertThat(decide(huge, two).get(1))
        .contains(RetentionReason.LAST, RetentionReason.YEARLY, RetentionReason.WITHIN);
    // The first index of a list is never negative.
    assertThat(decide(negative, two).get(1)).isEmpty();
  }

  @Test
  void nothing_goes_while_the_clock_is_behind_the_newest() {
    List<Instant> times = times("2026-11-26T01:30:01Z", "2020-01-01T00:00:00Z");
    assertThat(RetentionRules.decide(times, List.of(NONE), NOW))
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.CLOCK), Set.of(RetentionReason.CLOCK));
  }

  @Test
  void snapshots_of_a_clock_that_was_ahead_stay_and_take_no_place() {
    List<Set<RetentionReason>> kept =
        decide(
            rule(0, 0, 2),
            "2026-11-25T03:00:00Z",
            "2027-11-24T03:00:00Z",
            "2027-11-23T03:00:00Z",
            "2026-11-22T03:00:00Z",
            "2026-11-21T03:00:00Z");
    assertThat(kept)
        .containsExactly(
            Set.of(RetentionReason.NEWEST, RetentionReason.DAILY),
            Set.of(RetentionReason.CLOCK),
            Set.of(RetentionReason.CLOCK),
            Set.of(RetentionReason.DAILY),
            Set.of());
  }

  @Test
  void snapshots_before_a_clock_that_was_behind_stay() {
    List<Set<RetentionReason>> kept =
        decide(
            NONE,
            "2026-11-25T03:00:00Z",
            "2025-11-24T03:00:00Z",
            "2026-11-23T03:00:00Z",
            "2026-11-22T03:00:00Z");
    assertThat(kept)
        .containsExactly(
            Set.of(RetentionReason.NEWEST),
            Set.of(),
            Set.of(RetentionReason.CLOCK),
            Set.of(RetentionReason.CLOCK));
  }

  @Test
  void what_went_changes_nothing_about_what_stays() {
    Random random = new Random(20261126);
    SnapshotRetention rule = new SnapshotRetention(3, 5, 4, 3, 2, 1, Duration.ofDays(2));
    for (int round = 0; round < 200; round++) {
      List<Instant> times = new ArrayList<>();
      int count = random.nextInt(1, 60);
      for (int i = 0; i < count; i++) {
        times.add(NOW.minusSeconds(random.nextLong(0, 3L * 365 * 86_400)));
      }
      times.sort(Collections.reverseOrder());
      List<Set<RetentionReason>> first = RetentionRules.decide(times, List.of(rule), NOW);
      List<Integer> stay =
          IntStream.range(0, count).filter(i -> !first.get(i).isEmpty()).boxed().toList();
      List<Instant> left = stay.stream().map(times::get).toList();
      assertThat(RetentionRules.decide(left, List.of(rule), NOW))
          .isEqualTo(stay.stream().map(first::get).toList());
    }
  }

  @Test
  void a_year_of_hourly_backups_thins_out_as_people_expect() {
    SnapshotRetention rule = new SnapshotRetention(10, 24, 14, 8, 12, 3, Duration.ofDays(7));
    List<Instant> times = new ArrayList<>();
    for (int hour = 0; hour < 365 * 24; hour++) {
      times.add(NOW.minus(Duration.ofHours(hour)));
    }
    List<Set<RetentionReason>> kept = RetentionRules.decide(times, List.of(rule), NOW);
    long stay = kept.stream().filter(reasons -> !reasons.isEmpty()).count();
    // A week of hours and its edge, then 7 or 8 more days, about 6 weeks and 11 months.
    assertThat(stay).isBetween(185L, 200L);
    Set<LocalDate> lastWeeks = new java.util.TreeSet<>();
    for (int i = 0; i < times.size(); i++) {
      if (kept.get(i).contains(RetentionReason.DAILY)) {
        lastWeeks.add(times.get(i).atZone(ZoneOffset.UTC).toLocalDate());
      }
    }
    assertThat(lastWeeks).hasSize(14).contains(LocalDate.parse("2026-11-13"));
  }
}
