package org.hikae.lifecycle.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.view.ErasureAct;
import org.junit.jupiter.api.Test;

class ErasureActRulesTest {

  @Test
  void only_while_the_grace_runs_it_is_taken_back() {
    assertThat(ErasureActRules.acts(ErasureState.WAITING)).containsExactly(ErasureAct.TAKE_BACK);
  }

  @Test
  void only_when_everything_is_gone_there_is_a_receipt() {
    assertThat(ErasureActRules.acts(ErasureState.ERASED)).containsExactly(ErasureAct.GET_RECEIPT);
  }

  @Test
  void in_between_and_afterwards_nobody_does_anything() {
    assertThat(ErasureActRules.acts(ErasureState.ERASING)).isEmpty();
    assertThat(ErasureActRules.acts(ErasureState.TAKEN_BACK)).isEmpty();
  }
}
