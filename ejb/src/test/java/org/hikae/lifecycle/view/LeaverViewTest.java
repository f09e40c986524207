package org.hikae.lifecycle.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hikae.identity.value.EmployeeState;
import org.hikae.lifecycle.value.LeaverState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaverViewTest {

  private static LeaverStage stage(@Nullable LeaverState data, boolean held) {
    return leaver(EmployeeState.GONE, data, held).stage();
  }

  private static LeaverView leaver(
      EmployeeState account, @Nullable LeaverState data, boolean held) {
    return new LeaverView(1, "Eva", account, Instant.EPOCH, data, null, held);
  }

  @Test
  void names_are_erased_of_everybody_whose_account_cannot_be_used() {
    assertThat(leaver(EmployeeState.GONE, null, false).mayEraseNames()).isTrue();
    assertThat(leaver(EmployeeState.DISABLED, null, false).mayEraseNames()).isTrue();
    assertThat(leaver(EmployeeState.ENABLED, null, false).mayEraseNames()).isFalse();
  }

  @Test
  void a_legal_hold_puts_off_what_is_not_erased_yet() {
    assertThat(stage(LeaverState.KEPT, true)).isEqualTo(LeaverStage.HELD);
    assertThat(stage(LeaverState.DELETING, true)).isEqualTo(LeaverStage.HELD);
    assertThat(stage(LeaverState.DELETED, true)).isEqualTo(LeaverStage.DELETED);
  }

  @Test
  void without_one_it_goes_as_it_stands() {
    assertThat(stage(LeaverState.KEPT, false)).isEqualTo(LeaverStage.KEPT);
    assertThat(stage(LeaverState.DELETING, false)).isEqualTo(LeaverStage.DELETING);
    assertThat(stage(LeaverState.DELETED, false)).isEqualTo(LeaverStage.DELETED);
  }

  @Test
  void whoever_was_not_handled_yet_is_soon() {
    assertThat(stage(null, false)).isEqualTo(LeaverStage.SOON);
    assertThat(stage(null, true)).isEqualTo(LeaverStage.SOON);
  }
}
