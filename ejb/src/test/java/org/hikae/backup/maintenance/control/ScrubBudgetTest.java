package org.hikae.backup.maintenance.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScrubBudgetTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private ScrubBudget budget(int seconds, long bytesPerSecond) {
    return new ScrubBudget(Duration.ofSeconds(seconds), bytesPerSecond, nanos::get);
  }

  @Test
  void reading_never_gets_ahead_of_its_rate_for_long() {
    ScrubBudget budget = budget(100, 1000);
    assertThat(budget.pause()).isZero();
    budget.spend(1500);
    assertThat(budget.pause()).isEqualTo(Duration.ofMillis(1500));
    pass(Duration.ofSeconds(1));
    assertThat(budget.pause()).isEqualTo(Duration.ofMillis(500));
    pass(Duration.ofSeconds(2));
    assertThat(budget.pause()).isZero();
    budget.spend(1600);
    assertThat(budget.pause()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void a_rate_of_zero_is_none() {
    ScrubBudget budget = budget(100, 0);
    budget.spend(Long.MAX_VALUE);
    assertThat(budget.pause()).isZero();
  }

  @Test
  void the_largest_rates_and_sizes_do_not_overflow() {
    ScrubBudget budget = budget(100, 100_000_000_000L);
    budget.spend(99_999_999_999L);
    assertThat(budget.pause()).isBetween(Duration.ofMillis(999), Duration.ofMillis(1001));
    budget.spend(1L << 60);
    assertThat(budget.pause()).isGreaterThan(Duration.ofDays(100));
  }

  @Test
  void the_time_ends_by_itself_and_by_a_pause_that_would_go_beyond_it() {
    ScrubBudget budget = budget(10, 1000);
    assertThat(budget.isUsedUp()).isFalse();
    budget.spend(9_999);
    assertThat(budget.isUsedUp()).isFalse();
    budget.spend(1);
    assertThat(budget.isUsedUp()).isTrue();
    ScrubBudget idle = budget(10, 1000);
    pass(Duration.ofSeconds(10).minusNanos(1));
    assertThat(idle.isUsedUp()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(idle.isUsedUp()).isTrue();
  }

  @Test
  void negative_limits_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> budget(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> budget(1, -1));
  }
}
