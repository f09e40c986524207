package org.hikae.lifecycle.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAction;
import org.junit.jupiter.api.Test;

class ErasureActionRulesTest {

  @Test
  void only_while_the_grace_runs_it_is_taken_back() {
    assertThat(ErasureActionRules.actions(ErasureState.WAITING)).containsExactly(ErasureAction.TAKE_BACK);
  }

  @Test
  void only_when_everything_is_gone_there_is_a_receipt() {
    assertThat(ErasureActionRules.actions(ErasureState.ERASED)).containsExactly(ErasureAction.GET_RECEIPT);
  }

  @Test
  void in_between_and_afterwards_nobody_does_anything() {
    assertThat(ErasureActionRules.actions(ErasureState.ERASING)).isEmpty();
    assertThat(ErasureActionRules.actions(ErasureState.TAKEN_BACK)).isEmpty();
  }
}
