package org.hikae.backup.maintenance.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecondStoreStepsTest {

  @Test
  void pauses_double_up_to_an_hour() {
    assertThat(SecondStoreSteps.pause(0)).isEqualTo(Duration.ofMinutes(1));
    assertThat(SecondStoreSteps.pause(1)).isEqualTo(Duration.ofMinutes(2));
    assertThat(SecondStoreSteps.pause(5)).isEqualTo(Duration.ofMinutes(32));
    assertThat(SecondStoreSteps.pause(6)).isEqualTo(Duration.ofHours(1));
    assertThat(SecondStoreSteps.pause(1_000_000)).isEqualTo(Duration.ofHours(1));
  }
}
