package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HK1-R-07: buckets of tokens")
class TokenBucketsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TokenBuckets buckets = new TokenBuckets(6, 2);

  private void empty(String actor, Instant at) {
    for (int i = 0; i < 6; i++) {
      assertThat(buckets.take(actor, at)).isZero();
    }
  }

  @Test
  void a_full_bucket_may_be_used_at_once_and_fills_evenly() {
    empty("a", START);
    assertThat(buckets.take("a", START)).isEqualTo(10);
    assertThat(buckets.take("a", START.plusMillis(9_001))).isEqualTo(1);
    assertThat(buckets.take("a", START.plusSeconds(10))).isZero();
    assertThat(buckets.take("a", START.plusSeconds(10))).isEqualTo(10);
    empty("a", START.plusSeconds(3600));
    assertThat(buckets.take("a", START.plusSeconds(3600))).as("no more than full").isPositive();
  }

  @Test
  void who_waits_as_long_as_was_said_is_served() {
    Instant now = START;
    empty("a", now);
    for (int i = 0; i < 100; i++) {
      int seconds = buckets.take("a", now);
      assertThat(seconds).isPositive();
      now = now.plusSeconds(seconds);
      assertThat(buckets.take("a", now)).isZero();
    }
  }

  @Test
  void nobody_uses_what_is_anothers() {
    empty("a", START);
    assertThat(buckets.take("b", START)).isZero();
    assertThat(buckets.take("a", START)).isPositive();
  }

  @Test
  void the_one_that_was_idle_for_longest_is_forgotten() {
    empty("a", START);
    empty("b", START);
    assertThat(buckets.take("a", START)).isPositive();
    assertThat(buckets.take("c", START)).isZero();
    assertThat(buckets.take("a", START)).as("a was here last").isPositive();
    assertThat(buckets.take("b", START)).as("b is new again").isZero();
  }

  @Test
  void a_clock_that_is_set_back_neither_fills_nor_locks() {
    empty("a", START);
    assertThat(buckets.take("a", START.minusSeconds(3600))).isEqualTo(10);
    assertThat(buckets.take("a", START.minusSeconds(3590))).isZero();
  }
}
