package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** HK1-M-08. */
class SnapshotFormatTest {

  private static final SnapshotFormat OTHER = new SnapshotFormat(1, 7, 9);

  @Test
  void all_but_the_first_version_are_signed() {
    assertThat(SnapshotFormat.FIRST.signed()).isFalse();
    assertThat(SnapshotFormat.SIGNED.signed()).isTrue();
    assertThat(new SnapshotFormat(3, 1, 1).signed()).isTrue();
  }

  @Test
  void the_later_version_holds_and_the_parameters_stay() {
    assertThat(OTHER.orLater(SnapshotFormat.SIGNED)).isEqualTo(new SnapshotFormat(2, 7, 9));
    assertThat(OTHER.orLater(SnapshotFormat.FIRST)).isSameAs(OTHER);
    assertThat(SnapshotFormat.SIGNED.orLater(OTHER)).isSameAs(SnapshotFormat.SIGNED);
  }
}
