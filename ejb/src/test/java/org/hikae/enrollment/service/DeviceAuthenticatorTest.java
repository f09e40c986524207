package org.hikae.enrollment.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.enrollment.wire.DeviceState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceAuthenticatorTest {

  @ParameterizedTest
  @EnumSource
  void a_credential_is_offered_to_the_devices_that_get_one(DeviceState state) {
    boolean refused = catchThrowable(() -> DeviceAuthenticator.requireMayAct(state)) != null;
    assertThat(DeviceActionRules.actions(state).contains(DeviceAction.GET_CREDENTIAL))
        .isEqualTo(!refused);
  }
}
