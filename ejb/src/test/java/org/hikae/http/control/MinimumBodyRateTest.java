package org.hikae.http.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumBodyRateTest {

  private static final long BEGAN = Long.MAX_VALUE - 7; // Such clocks may pass their end.

  private final MinimumBodyRate rate = new MinimumBodyRate(BEGAN, MinimumBodyRate.GRACE);

  private static long after(long seconds) {
    return BEGAN + Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void who_drips_is_gone_soon() {
    for (int second = 1; second < 30; second++) {
      rate.came(1);
      assertThat(rate.isOver(after(second))).as("%d", second).isFalse();
    }
    assertThat(rate.isOver(after(31))).isTrue();
  }

  @Test
  void who_stalls_is_gone_when_the_bytes_that_came_are_used_up() {
    rate.came(100L * MinimumBodyRate.LEAST_BYTES_PER_SECOND);
    assertThat(rate.isOver(after(129))).isFalse();
    assertThat(Duration.ofNanos(rate.leftNanos(after(129)))).isLessThan(Duration.ofSeconds(2));
    assertThat(rate.isOver(after(130))).isTrue();
  }

  /** Whoever waits for a socket in whole milliseconds waits for ever when told to wait for none. */
  @Test
  void a_part_of_a_millisecond_is_waited_for_and_not_for_ever() {
    assertThat(rate.leftMillis(after(30) - 1)).isEqualTo(1);
    assertThat(rate.leftMillis(after(29))).isEqualTo(1000);
    assertThat(rate.leftMillis(after(30))).isZero();
    assertThat(rate.leftMillis(after(31))).isZero();
  }

  @Test
  void a_slow_line_sends_a_pack() {
    for (int second = 1; second <= 4096; second++) {
      rate.came(MinimumBodyRate.LEAST_BYTES_PER_SECOND);
      assertThat(rate.isOver(after(second))).isFalse();
    }
  }

  @Test
  void who_is_refused_and_quick_reads_the_answer() {
    rate.refuse(after(1));
    rate.came(160L * MinimumBodyRate.REFUSED_BYTES_PER_SECOND);
    assertThat(rate.isOver(after(160))).isFalse();
    assertThat(rate.isOver(after(167))).isTrue();
  }

  @Test
  void what_was_refused_is_not_waited_for() {
    rate.came(100L * MinimumBodyRate.LEAST_BYTES_PER_SECOND);
    rate.refuse(after(3));
    rate.refuse(after(7));
    assertThat(rate.isOver(after(7))).isFalse();
    assertThat(rate.isOver(after(8))).isTrue();
  }

  @Test
  void nobody_sends_without_end() {
    rate.came(MinimumBodyRate.MAX_BYTES);
    assertThat(rate.isOver(after(1))).isFalse();
    rate.came(1);
    assertThat(rate.isOver(after(1))).isTrue();
  }
}
