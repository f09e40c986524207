package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.wire.DeviceState;
import org.junit.jupiter.api.Test;

class DeviceActionRulesTest {

  @Test
  void one_that_acts_is_paused_revoked_or_gets_a_credential() {
    assertThat(DeviceActionRules.actions(DeviceState.ACTIVE))
        .containsExactly(DeviceAction.PAUSE, DeviceAction.REVOKE, DeviceAction.GET_CREDENTIAL);
  }

  @Test
  void one_that_is_paused_is_resumed_or_revoked() {
    assertThat(DeviceActionRules.actions(DeviceState.PAUSED))
        .containsExactly(DeviceAction.RESUME, DeviceAction.REVOKE);
  }

  @Test
  void only_with_a_revoked_one_it_is_over() {
    assertThat(DeviceActionRules.actions(DeviceState.REVOKED)).isEmpty();
    assertThat(DeviceActionRules.isOver(DeviceState.REVOKED)).isTrue();
    assertThat(DeviceActionRules.isOver(DeviceState.ACTIVE)).isFalse();
    assertThat(DeviceActionRules.isOver(DeviceState.PAUSED)).isFalse();
  }
}
