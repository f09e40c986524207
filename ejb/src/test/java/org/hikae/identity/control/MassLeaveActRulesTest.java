package org.hikae.identity.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.MassLeaveAct;
import org.junit.jupiter.api.Test;

class MassLeaveActRulesTest {

  @Test
  void one_that_waits_is_decided_either_way() {
    assertThat(MassLeaveActRules.acts(MassLeaveState.OPEN))
        .containsExactlyInAnyOrder(MassLeaveAct.CONFIRM, MassLeaveAct.DISMISS);
  }

  @Test
  void one_that_was_dismissed_may_still_be_confirmed_and_is_not_dismissed_again() {
    assertThat(MassLeaveActRules.acts(MassLeaveState.DISMISSED))
        .containsExactly(MassLeaveAct.CONFIRM);
  }

  @Test
  void nothing_more_happens_to_one_that_was_confirmed_or_replaced() {
    assertThat(MassLeaveActRules.acts(MassLeaveState.CONFIRMED)).isEmpty();
    assertThat(MassLeaveActRules.acts(MassLeaveState.REPLACED)).isEmpty();
  }
}
