package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.enrollment.view.DeviceAct;
import org.hikae.enrollment.wire.DeviceState;
import org.junit.jupiter.api.Test;

class DeviceActRulesTest {

  @Test
  void one_that_acts_is_paused_revoked_or_gets_a_credential() {
    assertThat(DeviceActRules.acts(DeviceState.ACTIVE))
        .containsExactly(DeviceAct.PAUSE, DeviceAct.REVOKE, DeviceAct.GET_CREDENTIAL);
  }

  @Test
  void one_that_is_paused_is_resumed_or_revoked() {
    assertThat(DeviceActRules.acts(DeviceState.PAUSED))
        .containsExactly(DeviceAct.RESUME, DeviceAct.REVOKE);
  }

  @Test
  void only_with_a_revoked_one_it_is_over() {
    assertThat(DeviceActRules.acts(DeviceState.REVOKED)).isEmpty();
    assertThat(DeviceActRules.isOver(DeviceState.REVOKED)).isTrue();
    assertThat(DeviceActRules.isOver(DeviceState.ACTIVE)).isFalse();
    assertThat(DeviceActRules.isOver(DeviceState.PAUSED)).isFalse();
  }
}
