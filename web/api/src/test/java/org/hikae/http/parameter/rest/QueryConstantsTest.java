package org.hikae.http.parameter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.hikae.enrollment.wire.DeviceState;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryConstantsTest {

  @ParameterizedTest
  @EnumSource(DeviceState.class)
  void each_name_is_its_constant(DeviceState state) {
    assertThat(QueryConstants.of("state", DeviceState.class, state.name())).isEqualTo(state);
    assertThat(QueryConstants.oneOf("state", DeviceState.class, state.name())).isEqualTo(state);
  }

  @Test
  void an_absent_word_chooses_nothing() {
    assertThat(QueryConstants.of("state", DeviceState.class, null)).isNull();
    assertThat(QueryConstants.oneOf("state", DeviceState.class, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "active", "ACTIVE ", "0", "GONE"})
  void what_is_no_name_is_refused(String text) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> QueryConstants.of("state", DeviceState.class, text))
        .satisfies(
            refusal -> assertThat(refusal.reason()).isEqualTo("state has an unknown value."));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> QueryConstants.oneOf("state", DeviceState.class, text))
        .satisfies(
            refusal ->
                assertThat(refusal.reason()).isEqualTo("state must be ACTIVE, PAUSED or REVOKED."));
  }
}
