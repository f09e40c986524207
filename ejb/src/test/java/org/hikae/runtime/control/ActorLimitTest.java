package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActorLimitTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ActorLimit limit = new ActorLimit(3, Duration.ofMinutes(1), 2);

  @Test
  void an_actor_may_cause_so_many_events_in_a_window_and_again_in_the_next() {
    for (int i = 0; i < 3; i++) {
      assertThat(limit.allow("a", START)).isTrue();
    }
    assertThat(limit.allow("a", START)).isFalse();
    assertThat(limit.allow("a", START.plusSeconds(59))).isFalse();
    assertThat(limit.allow("a", START.plusSeconds(60))).isTrue();
  }

  @Test
  void who_is_refused_is_told_when_the_window_ends() {
    limit.allow("a", START);
    assertThat(limit.secondsUntilNext("a", START)).isEqualTo(60);
    assertThat(limit.secondsUntilNext("a", START.plusMillis(59_001))).isEqualTo(1);
    assertThat(limit.secondsUntilNext("a", START.plusMillis(58_999))).isEqualTo(2);
    assertThat(limit.secondsUntilNext("a", START.plusSeconds(90))).isEqualTo(1);
    assertThat(limit.secondsUntilNext("a", START.minusSeconds(90))).isEqualTo(60);
    assertThat(limit.secondsUntilNext("unknown", START)).isEqualTo(1);
  }

  @Test
  void actors_do_not_use_up_each_others_share() {
    for (int i = 0; i < 4; i++) {
      limit.allow("a", START);
    }
    assertThat(limit.allow("b", START)).isTrue();
  }

  @Test
  void only_so_many_actors_are_remembered() {
    for (int i = 0; i < 4; i++) {
      limit.allow("a", START);
    }
    limit.allow("b", START);
    limit.allow("c", START);
    assertThat(limit.allow("a", START)).isTrue();
  }
}
