package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** HK1-V-45: the minute of a login is over here before it is over at the vault. */
class LoginDeadlineTest {

  private static final Instant BEGAN = Instant.parse("2026-11-30T12:00:00Z");

  private Instant now = BEGAN;
  private long nanos = Long.MAX_VALUE - 1_000;

  private final LoginDeadline deadline =
      new LoginDeadline(() -> nanos, () -> now, LoginDeadline.EXCHANGE);

  @Test
  void three_silent_exchanges_leave_time_within_the_minute() {
    Duration exchange = deadline.call().exchange();
    passes(exchange);
    passes(exchange);
    passes(exchange);
    assertThat(deadline.over()).isFalse();
    Duration lastSending = Duration.between(BEGAN, now).plus(deadline.left());
    assertThat(lastSending).isLessThan(Duration.ofMinutes(1));

    passes(deadline.left());
    assertThat(deadline.over()).isTrue();
    assertThat(deadline.call().left().get()).isEqualTo(Duration.ZERO);
  }

  @Test
  void a_computer_that_slept_has_no_time_left() {
    now = now.plus(Duration.ofMinutes(16));
    assertThat(deadline.over()).as("the other clock stood still").isTrue();
  }

  @Test
  void a_clock_that_was_set_back_gives_no_time() {
    nanos += Duration.ofSeconds(51).toNanos();
    now = now.minus(Duration.ofHours(1));
    assertThat(deadline.over()).isTrue();
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
    now = now.plus(time);
  }
}
