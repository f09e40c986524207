package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleHistoryTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
  private static final Instant NOON = Instant.parse("2026-07-01T03:00:00Z");
  private static final Schedule DAILY = ScheduleTest.every(24, 12 * 60 + 30);
  private static final Instant SLOT = NOON.plus(Duration.ofMinutes(30));

  private final RandomGenerator random = new SplittableRandom(1);

  private ScheduleHistory after(RunResult result, ScheduleHistory scheduleHistory, Instant now) {
    return scheduleHistory.after(result, DAILY, now, ZONE, random);
  }

  @Test
  void the_first_backup_is_due_at_once() {
    assertThat(ScheduleHistory.begun(NOON).due(DAILY, NOON)).isTrue();
  }

  @Test
  void after_a_backup_the_next_is_due_at_the_next_time_and_up_to_half_an_hour_later() {
    boolean spread = false;
    for (int i = 0; i < 100; i++) {
      ScheduleHistory scheduleHistory = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
      assertThat(scheduleHistory.next()).isBetween(SLOT, SLOT.plus(Duration.ofMinutes(30)));
      assertThat(scheduleHistory.due(DAILY, scheduleHistory.next().minusSeconds(1))).isFalse();
      assertThat(scheduleHistory.due(DAILY, scheduleHistory.next())).isTrue();
      spread |= scheduleHistory.next().isAfter(SLOT.plus(Duration.ofMinutes(20)));
    }
    assertThat(spread).isTrue();
  }

  @Test
  void days_that_were_missed_are_caught_up_once() {
    ScheduleHistory scheduleHistory = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
    Instant back = NOON.plus(Duration.ofDays(5));
    assertThat(scheduleHistory.due(DAILY, back)).isTrue();
    scheduleHistory = after(RunResult.PARTIAL, scheduleHistory, back);
    assertThat(scheduleHistory.due(DAILY, back)).isFalse();
    assertThat(scheduleHistory.next()).isAfter(back);
  }

  @Test
  void a_clock_that_was_set_back_does_not_keep_backups_away() {
    ScheduleHistory scheduleHistory = after(RunResult.SUCCESS, ScheduleHistory.begun(NOON), NOON);
    assertThat(scheduleHistory.due(DAILY, NOON.minus(Duration.ofHours(1)))).isFalse();
    assertThat(scheduleHistory.due(DAILY, NOON.minus(Duration.ofDays(400)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NETWORK", "LOCAL", "INTERNAL"})
  void what_failed_is_tried_again_later_and_later_until_the_next_time(RunResult failure) {
    Instant now = SLOT.plus(Duration.ofMinutes(31));
    ScheduleHistory scheduleHistory = ScheduleHistory.begun(now);
    Duration longest = Duration.ZERO;
    int tries = 0;
    Instant regular = DAILY.next(now, ZONE);
    while (scheduleHistory.next().isBefore(regular)) {
      now = scheduleHistory.next();
      scheduleHistory = after(failure, scheduleHistory, now);
      tries++;
      Duration pause = Duration.between(now, scheduleHistory.next());
      Duration bound = Duration.ofMinutes(10L << (tries - 1));
      if (tries < ScheduleHistory.RETRY.attempts() && scheduleHistory.next().isBefore(regular)) {
        assertThat(pause)
            .isBetween(min(bound).dividedBy(2), min(bound))
            .isLessThanOrEqualTo(ScheduleHistory.RETRY.longest());
        longest = pause;
      }
    }
    assertThat(tries).isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(longest).isGreaterThan(Duration.ofHours(1));
    assertThat(scheduleHistory.failures()).isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(after(failure, scheduleHistory, scheduleHistory.next()).failures())
        .isEqualTo(ScheduleHistory.RETRY.attempts());
    assertThat(after(RunResult.SUCCESS, scheduleHistory, scheduleHistory.next()).failures())
        .isZero();
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
    ScheduleHistory scheduleHistory = after(refusal, ScheduleHistory.begun(NOON), NOON);
    assertThat(scheduleHistory.next()).isAfterOrEqualTo(SLOT);
    assertThat(scheduleHistory.failures()).isEqualTo(1);
    assertThat(scheduleHistory.doneAt()).isZero();
  }

  @Test
  void a_run_that_was_stopped_stays_due() {
    ScheduleHistory scheduleHistory = ScheduleHistory.begun(NOON);
    assertThat(after(RunResult.CANCELLED, scheduleHistory, NOON.plusSeconds(9)))
        .isEqualTo(scheduleHistory);
  }

  @Test
  void what_a_person_had_backed_up_is_not_due_again_before_the_next_time() {
    ScheduleHistory failed = after(RunResult.NETWORK, ScheduleHistory.begun(NOON), NOON);
    Instant evening = NOON.plus(Duration.ofHours(8));
    assertThat(failed.due(DAILY, evening)).isTrue();
    ScheduleHistory done = failed.madeByHand(DAILY, evening, ZONE, random);
    Instant tomorrow = SLOT.plus(Duration.ofDays(1));
    assertThat(done.next()).isBetween(tomorrow, tomorrow.plus(Duration.ofMinutes(30)));
    assertThat(done.byHand()).contains(evening);
    assertThat(done.daysWithout(evening.plus(Duration.ofDays(3)))).isEqualTo(3);
    assertThat(done.doneAt()).as("nothing has begun it by itself").isZero();
    assertThat(done.failures()).isEqualTo(1);
    ScheduleHistory later = after(RunResult.SUCCESS, done, tomorrow);
    assertThat(later.byHand()).as("it is older than the last scheduled one").isEmpty();
  }

  @Test
  void what_an_earlier_agent_remembered_is_read_and_reads_what_this_one_writes() throws Exception {
    String earlier =
        "{\"version\":1,\"since\":1,\"nextAt\":2,\"failures\":0,\"doneAt\":3,\"toldAt\":0}";
    ScheduleHistory read = AgentJson.mapper().readValue(earlier, ScheduleHistory.class);
    assertThat(read.isSound()).isTrue();
    assertThat(read.byHand()).isEmpty();
    assertThat(AgentJson.mapper().writeValueAsString(read)).isEqualTo(earlier);
  }

  @Test
  void days_without_a_backup_are_told_once_a_day() {
    ScheduleHistory scheduleHistory = ScheduleHistory.begun(NOON);
    assertThat(scheduleHistory.tell(DAILY, NOON.plus(Duration.ofDays(3)).minusSeconds(1)))
        .isFalse();
    Instant third = NOON.plus(Duration.ofDays(3));
    assertThat(scheduleHistory.tell(DAILY, third)).isTrue();
    scheduleHistory = scheduleHistory.told(third);
    assertThat(scheduleHistory.tell(DAILY, third.plus(Duration.ofHours(19)))).isFalse();
    assertThat(scheduleHistory.tell(DAILY, third.plus(Duration.ofDays(1)))).isTrue();
    assertThat(scheduleHistory.daysWithout(third.plus(Duration.ofDays(1)))).isEqualTo(4);
    ScheduleHistory done =
        after(RunResult.SUCCESS, scheduleHistory, third.plus(Duration.ofDays(1)));
    assertThat(done.tell(DAILY, third.plus(Duration.ofDays(2)))).isFalse();
  }
}
