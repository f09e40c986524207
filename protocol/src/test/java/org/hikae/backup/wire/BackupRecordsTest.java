package org.hikae.backup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupRecordsTest {

  private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");

  private static final ResticPasswordView PASSWORD =
      new ResticPasswordView(2, 3, "device", AT, "s3cret");

  @Test
  void only_a_snapshot_whose_fate_says_so_is_removed() {
    assertThat(snapshot(null).removed()).isFalse();
    assertThat(snapshot(ReleaseState.HELD).removed()).isFalse();
    assertThat(snapshot(ReleaseState.REMOVED).removed()).isTrue();
  }

  /** A portal of an earlier release sends none. */
  @Test
  void a_repository_without_passwords_has_an_empty_list() {
    assertThat(repository(null).passwords()).isEmpty();
  }

  @Test
  void a_repository_keeps_the_passwords_that_it_was_given() {
    List<ResticPasswordView> given = new ArrayList<>(List.of(PASSWORD));
    OwnResticRepository repository = repository(given);
    given.clear();

    assertThat(repository.passwords()).containsExactly(PASSWORD);
  }

  @Test
  void a_sealed_password_is_never_printed() {
    assertThat(PASSWORD).hasToString("ResticPasswordView(2, 3)");
    assertThat(new PutResticPassword("set", 3, 2, "s3cret"))
        .hasToString("PutResticPassword(set, 3, 2)");
  }

  private static OwnResticRepository repository(List<ResticPasswordView> passwords) {
    return new OwnResticRepository("repository", "set", "device", AT, passwords);
  }

  private static SnapshotView snapshot(ReleaseState state) {
    ReleaseStatus fate =
        state == null
            ? null
            : new ReleaseStatus(state, ReleaseCause.RETENTION, AT, null, null, null);
    return new SnapshotView(
        "snapshot",
        "set",
        "device",
        1,
        1,
        "previous",
        "root",
        "list",
        "stub",
        AT,
        1,
        1,
        1,
        1,
        fate);
  }
}
