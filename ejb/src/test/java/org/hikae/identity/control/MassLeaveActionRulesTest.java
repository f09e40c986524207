package org.hikae.identity.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.MassLeaveAction;
import org.junit.jupiter.api.Test;

class MassLeaveActionRulesTest {

  @Test
  void one_that_waits_is_decided_either_way() {
    assertThat(MassLeaveActionRules.actions(MassLeaveState.OPEN))
        .containsExactlyInAnyOrder(MassLeaveAction.CONFIRM, MassLeaveAction.DISMISS);
  }

  @Test
  void one_that_was_dismissed_may_still_be_confirmed_and_is_not_dismissed_again() {
    assertThat(MassLeaveActionRules.actions(MassLeaveState.DISMISSED))
        .containsExactly(MassLeaveAction.CONFIRM);
  }

  @Test
  void nothing_more_happens_to_one_that_was_confirmed_or_replaced() {
    assertThat(MassLeaveActionRules.actions(MassLeaveState.CONFIRMED)).isEmpty();
    assertThat(MassLeaveActionRules.actions(MassLeaveState.REPLACED)).isEmpty();
  }
}
