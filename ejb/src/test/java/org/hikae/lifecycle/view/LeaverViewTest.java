package org.hikae.lifecycle.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hikae.identity.value.EmployeeState;
import org.hikae.lifecycle.value.LeaverState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaverViewTest {

  private static LeaverOutlook outlook(@Nullable LeaverState data, boolean held) {
    return new LeaverView(1, "Eva", EmployeeState.GONE, Instant.EPOCH, data, null, held).outlook();
  }

  @Test
  void a_legal_hold_puts_off_what_is_not_erased_yet() {
    assertThat(outlook(LeaverState.KEPT, true)).isEqualTo(LeaverOutlook.HELD);
    assertThat(outlook(LeaverState.DELETING, true)).isEqualTo(LeaverOutlook.HELD);
    assertThat(outlook(LeaverState.DELETED, true)).isEqualTo(LeaverOutlook.DELETED);
  }

  @Test
  void without_one_it_goes_as_it_stands() {
    assertThat(outlook(LeaverState.KEPT, false)).isEqualTo(LeaverOutlook.KEPT);
    assertThat(outlook(LeaverState.DELETING, false)).isEqualTo(LeaverOutlook.DELETING);
    assertThat(outlook(LeaverState.DELETED, false)).isEqualTo(LeaverOutlook.DELETED);
  }

  @Test
  void whoever_was_not_handled_yet_is_soon() {
    assertThat(outlook(null, false)).isEqualTo(LeaverOutlook.SOON);
    assertThat(outlook(null, true)).isEqualTo(LeaverOutlook.SOON);
  }
}
