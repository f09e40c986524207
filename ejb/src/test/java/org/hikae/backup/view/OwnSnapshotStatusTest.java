package org.hikae.backup.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnSnapshotStatusTest {

  @Test
  void one_that_nobody_released_is_kept() {
    OwnSnapshotStatus status = OwnSnapshotStatus.of(null, false);
    assertThat(status.state()).isEqualTo(ReleaseState.KEPT);
    assertThat(status.may(SnapshotAction.RELEASE)).isTrue();
    assertThat(status.mustStay()).isFalse();
  }

  @Test
  void a_state_of_a_later_release_counts_as_kept() {
    assertThat(OwnSnapshotStatus.of(in(null), false).state()).isEqualTo(ReleaseState.KEPT);
  }

  @Test
  void only_what_is_kept_and_built_on_must_stay() {
    assertThat(OwnSnapshotStatus.of(null, true).mustStay()).isTrue();
    assertThat(OwnSnapshotStatus.of(in(ReleaseState.KEPT), true).mustStay()).isTrue();
    assertThat(OwnSnapshotStatus.of(in(ReleaseState.HELD), true).mustStay()).isFalse();
    assertThat(OwnSnapshotStatus.of(in(ReleaseState.REMOVED), true).mustStay()).isFalse();
  }

  private static ReleaseStatus in(@Nullable ReleaseState state) {
    return new ReleaseStatus(state, ReleaseCause.EMPLOYEE, Instant.EPOCH, null, null, null);
  }
}
