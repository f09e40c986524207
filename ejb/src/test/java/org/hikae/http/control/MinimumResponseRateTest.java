package org.hikae.http.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HK1-R-10: how slowly an answer may be read. */
class MinimumResponseRateTest {

  private static final long BEGAN = Long.MAX_VALUE - 7; // Such clocks may pass their end.

  private final MinimumResponseRate pace = new MinimumResponseRate(MinimumBodyRate.GRACE);

  private static long after(long seconds) {
    return BEGAN + Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void who_reads_a_byte_now_and_then_is_gone_soon() {
    pace.waits(BEGAN);
    for (int second = 1; second < 30; second++) {
      pace.went(1, after(second));
      pace.waits(after(second));
      assertThat(pace.isOver(after(second))).as("%d", second).isFalse();
    }
    assertThat(pace.isOver(after(31))).isTrue();
  }

  @Test
  void who_stops_reading_is_gone_soon_however_much_went() {
    pace.went(100L * MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(1));
    pace.waits(after(1));
    pace.waits(after(20));
    assertThat(pace.isOver(after(30))).isFalse();
    assertThat(pace.leftMillis(after(30))).isBetween(1L, 1000L);
    assertThat(pace.isOver(after(31))).isTrue();
  }

  @Test
  void who_read_fast_may_be_slow_until_the_bytes_that_went_are_used_up() {
    pace.went(10L * MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(0));
    for (int second = 0; second < 40; second += 20) {
      pace.waits(after(second));
      assertThat(pace.isOver(after(second + 19))).as("%d", second).isFalse();
      pace.went(0, after(second + 20));
    }
    pace.waits(after(40));
    assertThat(pace.isOver(after(40))).isTrue();
  }

  @Test
  void a_slow_line_reads_a_pack() {
    for (int second = 0; second < 4096; second++) {
      pace.waits(after(second));
      pace.went(MinimumBodyRate.LEAST_BYTES_PER_SECOND, after(second + 1));
      assertThat(pace.isOver(after(second + 1))).isFalse();
    }
  }

  @Test
  void the_time_that_the_portal_takes_is_not_the_readers() {
    pace.waits(after(1));
    pace.went(0, after(20));
    assertThat(pace.isOver(after(100_000))).isFalse();
    pace.waits(after(100_000));
    assertThat(pace.isOver(after(100_009))).isFalse();
    assertThat(pace.isOver(after(100_012))).isTrue();
  }
}
