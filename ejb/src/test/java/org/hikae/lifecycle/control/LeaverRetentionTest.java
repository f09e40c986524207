package org.hikae.lifecycle.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hikae.lifecycle.control.LeaverRetention.Step;
import org.junit.jupiter.api.Test;

class LeaverRetentionTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = day(90);

  @Test
  void it_waits_until_the_last_day_and_ends_when_it_was_told_to() {
    LeaverRetention plan = new LeaverRetention(END, END);
    assertThat(plan.step(day(88))).isEqualTo(Step.WAIT);
    assertThat(plan.step(day(89))).isEqualTo(Step.DELETE);
    assertThat(plan.end(day(89))).isEqualTo(END);
    assertThat(plan.end(day(80))).isEqualTo(END);
  }

  @Test
  void who_comes_late_still_gives_a_last_day() {
    assertThat(new LeaverRetention(END, END).end(day(200))).isEqualTo(day(201));
  }

  @Test
  void another_time_than_was_told_is_told_before_anything_goes() {
    assertThat(new LeaverRetention(END, day(30)).step(day(100))).isEqualTo(Step.TELL);
    assertThat(new LeaverRetention(END, day(300)).step(day(100))).isEqualTo(Step.TELL);
  }

  @Test
  void the_policy_is_looked_at_daily_and_whenever_the_last_day_has_come() {
    assertThat(LeaverRetention.isDue(END, day(10), day(10).plusSeconds(1))).isFalse();
    assertThat(LeaverRetention.isDue(END, day(10), day(11))).isTrue();
    assertThat(LeaverRetention.isDue(END, day(89), day(89).plusSeconds(1))).isTrue();
  }

  private static Instant day(int number) {
    return START.plus(Duration.ofDays(number));
  }
}
