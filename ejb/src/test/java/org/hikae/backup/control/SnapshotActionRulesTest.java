package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.backup.view.SnapshotAction;
import org.hikae.backup.wire.ReleaseState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotActionRulesTest {

  @Test
  void what_is_kept_is_released_unless_the_next_one_builds_on_it() {
    assertThat(SnapshotActionRules.actions(ReleaseState.KEPT, false))
        .containsExactly(SnapshotAction.RELEASE);
    assertThat(SnapshotActionRules.actions(ReleaseState.KEPT, true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING", "HELD"})
  void what_is_released_is_taken_back_whatever_builds_on_it(ReleaseState state) {
    assertThat(SnapshotActionRules.actions(state, false)).containsExactly(SnapshotAction.TAKE_BACK);
    assertThat(SnapshotActionRules.actions(state, true)).containsExactly(SnapshotAction.TAKE_BACK);
  }

  @Test
  void nothing_is_done_with_what_is_gone() {
    assertThat(SnapshotActionRules.actions(ReleaseState.REMOVED, false)).isEmpty();
  }
}
