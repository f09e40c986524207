package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When failures are spread over so many employees that strangers have to wait. */
@DisplayName("HK1-V-21: the brake")
class AttemptThrottleTest {

  private static final long START = 1_800_000_000_000L;
  private static final long PERIOD = VaultLimits.THROTTLE_PERIOD.toMillis();
  private static final int TOO_MANY = VaultLimits.THROTTLE_EMPLOYEES;

  private final AttemptThrottle throttle = new AttemptThrottle();

  private static Hash256 employee(int number) {
    return Hash256.sha256(new byte[] {(byte) number});
  }

  private void failures(int employees) {
    for (int number = 0; number < employees; number++) {
      throttle.charged(employee(number), START);
    }
  }

  @Test
  void it_is_on_for_an_hour_when_so_many_have_failed_and_no_fewer() {
    failures(TOO_MANY - 1);
    throttle.charged(employee(0), START);
    assertThat(throttle.onUntilMillis()).as("somebody twice").isZero();

    throttle.charged(employee(TOO_MANY), START + 1);
    assertThat(throttle.onUntilMillis()).isEqualTo(START + 1 + PERIOD);
  }

  @Test
  void who_was_right_in_the_end_does_not_count() {
    failures(TOO_MANY - 1);
    throttle.proven(employee(0));
    throttle.charged(employee(TOO_MANY), START);
    assertThat(throttle.onUntilMillis()).isZero();
  }

  @Test
  void what_failed_an_hour_ago_does_not_count() {
    failures(TOO_MANY - 1);
    throttle.charged(employee(TOO_MANY), START + PERIOD);
    assertThat(throttle.onUntilMillis()).isZero();
  }

  @Test
  void what_failed_within_the_hour_counts() {
    failures(TOO_MANY - 1);
    throttle.charged(employee(TOO_MANY), START + PERIOD - 1);
    assertThat(throttle.onUntilMillis()).isEqualTo(START + PERIOD - 1 + PERIOD);
  }
}
