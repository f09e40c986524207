package org.hikae.lifecycle.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAction;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErasureActionRulesTest {

  @Test
  void only_while_the_grace_runs_it_is_taken_back() {
    assertThat(ErasureActionRules.actions(ErasureState.WAITING, false))
        .containsExactly(ErasureAction.TAKE_BACK);
  }

  @Test
  void another_backup_shuts_the_way_back() {
    assertThat(ErasureActionRules.actions(ErasureState.WAITING, true)).isEmpty();
    assertRefused(ErasureState.WAITING, true, ProblemCode.SET_EXISTS);
    assertRefused(ErasureState.ERASING, true, ProblemCode.CONFLICT);
  }

  @Test
  void only_when_everything_is_gone_there_is_a_receipt() {
    assertThat(ErasureActionRules.actions(ErasureState.ERASED, true))
        .containsExactly(ErasureAction.GET_RECEIPT);
  }

  @Test
  void in_between_and_afterwards_nobody_does_anything() {
    assertThat(ErasureActionRules.actions(ErasureState.ERASING, false)).isEmpty();
    assertThat(ErasureActionRules.actions(ErasureState.TAKEN_BACK, false)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void what_is_offered_is_not_refused(ErasureState state) {
    for (ErasureAction action : ErasureActionRules.actions(state, false)) {
      ErasureActionRules.requireMay(action, state, false);
    }
  }

  private static void assertRefused(ErasureState state, boolean another, ProblemCode code) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ErasureActionRules.requireMay(ErasureAction.TAKE_BACK, state, another))
        .extracting(Refusal::code)
        .isEqualTo(code);
  }
}
