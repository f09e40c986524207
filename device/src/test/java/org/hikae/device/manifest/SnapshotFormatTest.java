package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HK1-M-08, HK1-M-09, HK1-M-16: the form of the next snapshot of a series. */
class SnapshotFormatTest {

  @Test
  void all_but_the_first_version_are_signed() {
    assertThat(SnapshotFormat.FIRST.signed()).isFalse();
    assertThat(SnapshotFormat.SIGNED.signed()).isTrue();
    assertThat(new SnapshotFormat(3, 1, 1).signed()).isTrue();
  }

  @Test
  void a_series_without_a_predecessor_begins_in_the_form_that_it_has_to_have() {
    assertThat(SnapshotFormat.FIRST.after(null)).isEqualTo(new SnapshotFormat(1, 1, 1));
    assertThat(SnapshotFormat.SIGNED.after(null)).isEqualTo(new SnapshotFormat(2, 2, 1));
  }

  @ParameterizedTest
  @CsvSource({
    // least version, version and chunker before, version and chunker after
    "1, 1, 1, 1, 1",
    // A series that moves goes on being cut as it was.
    "2, 1, 1, 2, 1",
    "2, 2, 1, 2, 1",
    "2, 2, 2, 2, 2",
    // A version does not go back, whatever the device remembers.
    "1, 2, 1, 2, 1",
    "1, 2, 2, 2, 2",
    // Cut by something that only a later agent has.
    "2, 2, 3, 2, 2",
    "2, 2, 65535, 2, 2",
    "2, 2, 0, 2, 2"
  })
  void files_go_on_being_cut_as_they_were(
      int least, int version, int chunker, int nextVersion, int nextChunker) {
    SnapshotFormat form = least == 1 ? SnapshotFormat.FIRST : SnapshotFormat.SIGNED;
    assertThat(form.after(new SnapshotFormat(version, chunker, 1)))
        .isEqualTo(new SnapshotFormat(nextVersion, nextChunker, 1));
  }
}
