package org.hikae.notice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.service.Settings;
import org.junit.jupiter.api.Test;

/** Whom administrators may have the portal talk to. */
class DestinationGuardTest {

  private static DeliveryFailure refused(String host) {
    return catchThrowableOfType(
            DeliveryException.class, () -> DestinationGuard.require(host, false))
        .trouble();
  }

  @Test
  void not_to_this_machine() {
    for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "169.254.169.254", "0"}) {
      assertThat(refused(host)).as(host).isEqualTo(DeliveryFailure.LOCAL_ADDRESS);
    }
  }

  @Test
  void unless_who_runs_it_says_so() {
    assertThat(new Settings(Map.of()).noticesToThisMachine()).isFalse();
    assertThat(new Settings(Map.of("HIKAE_NOTICES_TO_THIS_MACHINE", "true")).noticesToThisMachine())
        .isTrue();
    assertThatCode(() -> DestinationGuard.require("localhost", true)).doesNotThrowAnyException();
  }

  @Test
  void not_to_a_name_that_nobody_has() {
    assertThat(refused("no-such-host.invalid")).isEqualTo(DeliveryFailure.UNKNOWN_HOST);
  }
}
