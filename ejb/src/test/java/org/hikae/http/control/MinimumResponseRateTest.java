package org.hikae.http.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HK1-R-10: how slowly an answer may be read. */
class MinimumResponseRateTest {

  private static final long BEGAN = Long.MAX_VALUE - 7; // Such clocks may pass their end.

  private final MinimumResponseRate rate = new MinimumResponseRate(MinimumBodyRate.GRACE);

  private static long after(long seconds) {
    return BEGAN + Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void who_reads_a_byte_now_and_then_is_gone_soon() {
    rate.waits(BEGAN);
    for (int second = 1; second < 30; second++) {
      rate.went(1, after(second));
      rate.waits(after(second));
      assertThat(rate.isOver(after(second))).as("%d", second).isFalse();
    }
    assertThat(rate.isOver(after(31))).isTrue();
  }

  @Test
  void who_stops_reading_is_gone_soon_however_much_went() {
    rate.went(100L * MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(1));
    rate.waits(after(1));
    rate.waits(after(20));
    assertThat(rate.isOver(after(30))).isFalse();
    assertThat(rate.leftMillis(after(30))).isBetween(1L, 1000L);
    assertThat(rate.isOver(after(31))).isTrue();
  }

  @Test
  void who_read_fast_may_be_slow_until_the_bytes_that_went_are_used_up() {
    rate.went(10L * MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(0));
    for (int second = 0; second < 40; second += 20) {
      rate.waits(after(second));
      assertThat(rate.isOver(after(second + 19))).as("%d", second).isFalse();
      rate.went(0, after(second + 20));
    }
    rate.waits(after(40));
    assertThat(rate.isOver(after(40))).isTrue();
  }

  @Test
  void a_slow_line_reads_a_pack() {
    for (int second = 0; second < 4096; second++) {
      rate.waits(after(second));
      rate.went(MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(second + 1));
      assertThat(rate.isOver(after(second + 1))).isFalse();
    }
  }

  @Test
  void the_time_that_the_portal_takes_is_not_the_readers() {
    rate.waits(after(1));
    rate.went(0, after(20));
    assertThat(rate.isOver(after(100_000))).isFalse();
    rate.waits(after(100_000));
    assertThat(rate.isOver(after(100_009))).isFalse();
    assertThat(rate.isOver(after(100_012))).isTrue();
  }
}
