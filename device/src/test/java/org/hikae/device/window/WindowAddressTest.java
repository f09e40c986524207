package org.hikae.device.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Where a window is, which nobody else can name. */
class WindowAddressTest {

  @Test
  void each_window_has_a_random_name_below_localhost() {
    SecureRandom random = new SecureRandom();
    WindowAddress one = WindowAddress.of(random, 4711);
    WindowAddress other = WindowAddress.of(random, 4711);
    assertThat(one.host()).matches("[0-9a-f]{32}\\.localhost");
    assertThat(other.host()).isNotEqualTo(one.host());
    assertThat(one.authority()).isEqualTo(one.host() + ":4711");
    assertThat(one.origin()).isEqualTo("http://" + one.host() + ":4711");
  }
}
