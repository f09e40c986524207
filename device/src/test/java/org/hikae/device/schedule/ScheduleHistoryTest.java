package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleHistoryTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
  private static final Instant NOON = Instant.parse("2026-07-01T03:00:00Z");
  private static final Schedule DAILY = ScheduleTest.every(24, 12 * 60 + 30);
  private static final Instant SLOT = NOON.plus(Duration.ofMinutes(30));

  private final RandomGenerator random = new SplittableRandom(1);

  private ScheduleHistory after(RunResult result, ScheduleHistory runs, Instant now) {
    return runs.after(result, DAILY, now, ZONE, random);
  }

  @Test
  void the_first_backup_is_due_at_once() {
    assertThat(ScheduleHistory.begun(NOON).due(DAILY, NOON)).isTrue();
  }

  @Test
  void after_a_backup_the_next_is_due_at_the_next_time_and_up_to_half_an_hour_later() {
    boolean spread = false;
    for (int i = 0; i < 100; i++) {
      ScheduleHistory runs = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
      assertThat(runs.next()).isBetween(SLOT, SLOT.plus(Duration.ofMinutes(30)));
      assertThat(runs.due(DAILY, runs.next().minusSeconds(1))).isFalse();
      assertThat(runs.due(DAILY, runs.next())).isTrue();
      spread |= runs.next().isAfter(SLOT.plus(Duration.ofMinutes(20)));
    }
    assertThat(spread).isTrue();
  }

  @Test
  void days_that_were_missed_are_caught_up_once() {
    ScheduleHistory runs = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
    Instant back = NOON.plus(Duration.ofDays(5));
    assertThat(runs.due(DAILY, back)).isTrue();
    runs = after(RunResult.PARTIAL, runs, back);
    assertThat(runs.due(DAILY, back)).isFalse();
    assertThat(runs.next()).isAfter(back);
  }

  @Test
  void a_clock_that_was_set_back_does_not_keep_backups_away() {
    ScheduleHistory runs = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
    assertThat(runs.due(DAILY, NOON.minus(Duration.ofHours(1)))).isFalse();
    assertThat(runs.due(DAILY, NOON.minus(Duration.ofDays(400)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NETWORK", "LOCAL", "INTERNAL"})
  void what_failed_is_tried_again_later_and_later_until_the_next_time(RunResult failure) {
    Instant now = SLOT.plus(Duration.ofMinutes(31));
    ScheduleHistory runs = ScheduleHistory.begun(now);
    Duration longest = Duration.ZERO;
    int tries = 0;
    Instant regular = DAILY.next(now, ZONE);
    while (runs.next().isBefore(regular)) {
      now = runs.next();
      runs = after(failure, runs, now);
      tries++;
      Duration pause = Duration.between(now, runs.next());
      Duration bound = Duration.ofMinutes(10L << (tries - 1));
      if (tries < ScheduleHistory.RETRY.attempts() && runs.next().isBefore(regular)) {
        assertThat(pause)
            .isBetween(min(bound).dividedBy(2), min(bound))
            .isLessThanOrEqualTo(ScheduleHistory.RETRY.longest());
        longest = pause;
      }
    }
    assertThat(tries).isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(longest).isGreaterThan(Duration.ofHours(1));
    assertThat(runs.failures()).isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(after(failure, runs, runs.next()).failures())
        .isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(after(RunResult.SUCCESS, runs, runs.next()).failures()).isZero();
  }

  private static Duration min(Duration bound) {
    return bound.compareTo(ScheduleHistory.RETRY.longest()) < 0
        ? bound
        : ScheduleHistory.RETRY.longest();
  }

  @Test
  void a_failure_shortly_before_the_next_time_waits_for_it() {
    Instant shortly = SLOT.minusSeconds(60);
    assertThat(after(RunResult.NETWORK, ScheduleHistory.begun(shortly), shortly).next())
        .isAfterOrEqualTo(shortly.plus(Duration.ofMinutes(1)))
        .isBefore(SLOT.plus(Duration.ofMinutes(31)));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "LOCKED", "CORRUPT"})
  void what_only_a_person_can_change_is_not_tried_again_before_the_next_time(RunResult refusal) {
    ScheduleHistory runs = after(refusal, ScheduleHistory.begun(NOON), NOON);
    assertThat(runs.next()).isAfterOrEqualTo(SLOT);
    assertThat(runs.failures()).isEqualTo(1);
    assertThat(runs.doneAt()).isZero();
  }

  @Test
  void a_run_that_was_stopped_stays_due() {
    ScheduleHistory runs = ScheduleHistory.begun(NOON);
    assertThat(after(RunResult.CANCELLED, runs, NOON.plusSeconds(9))).isEqualTo(runs);
  }

  @Test
  void days_without_a_backup_are_told_once_a_day() {
    ScheduleHistory runs = ScheduleHistory.begun(NOON);
    assertThat(runs.tell(DAILY, NOON.plus(Duration.ofDays(3)).minusSeconds(1))).isFalse();
    Instant third = NOON.plus(Duration.ofDays(3));
    assertThat(runs.tell(DAILY, third)).isTrue();
    runs = runs.told(third);
    assertThat(runs.tell(DAILY, third.plus(Duration.ofHours(19)))).isFalse();
    assertThat(runs.tell(DAILY, third.plus(Duration.ofDays(1)))).isTrue();
    assertThat(runs.daysWithout(third.plus(Duration.ofDays(1)))).isEqualTo(4);
    ScheduleHistory done = after(RunResult.SUCCESS, runs, third.plus(Duration.ofDays(1)));
    assertThat(done.tell(DAILY, third.plus(Duration.ofDays(2)))).isFalse();
  }
}
