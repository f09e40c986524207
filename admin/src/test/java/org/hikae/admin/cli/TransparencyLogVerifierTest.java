package org.hikae.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.log.wire.TransparencyLogResult;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.wire.MerkleHasher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that is watched from outside, honest and not (HK1-X-05, HK1-X-08). */
class TransparencyLogVerifierTest {

  private PublishedLog log;

  @BeforeEach
  void make_log() throws Exception {
    log = new PublishedLog();
  }

  private TransparencyLogResult check(byte[] kept) throws IOException {
    return new TransparencyLogVerifier(log::file, log.key()).check(kept);
  }

  @Test
  void a_log_that_grows_fits() throws Exception {
    for (int[] sizes : new int[][] {{1, 1}, {1, 2}, {5, 300}, {256, 256}, {256, 513}, {300, 700}}) {
      byte[] kept = log.publish(sizes[0]);
      byte[] now = log.publish(sizes[1]);
      TransparencyLogResult result = check(kept);
      assertThat(result.fault()).isNull();
      assertThat(result.isEvidence()).isFalse();
      assertThat(result.before()).isEqualTo(sizes[0]);
      assertThat(result.size()).isEqualTo(sizes[1]);
      assertThat(result.checkpoint()).isEqualTo(now);
    }
  }

  /** A proof may join the shorter end and the kept one, so that they prove nothing. */
  @Test
  void a_log_that_went_back_is_told_without_evidence() throws Exception {
    byte[] kept = log.publish(300);
    byte[] shorter = log.publish(299);
    TransparencyLogResult result = check(kept);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.SHRUNK);
    assertThat(result.isEvidence()).isFalse();
    assertThat(result.isSigned()).isTrue();
    assertThat(result.checkpoint()).isEqualTo(shorter);
  }

  /** At the last entry and at any before, with and without new ones behind. */
  @Test
  void a_changed_entry_is_told_with_evidence() throws Exception {
    byte[] kept = log.publish(300);
    for (int changedAt : new int[] {0, 255, 256, 299}) {
      for (int size : new int[] {300, 301, 600}) {
        log.publish(size, changedAt);
        TransparencyLogResult result = check(kept);
        assertThat(result.fault()).isEqualTo(TransparencyLogFault.FORKED);
        assertThat(result.isEvidence()).isTrue();
      }
    }
    log.publish(301, 300);
    assertThat(check(kept).fault()).as("a new entry may be anything").isNull();
  }

  /** Two ends of one size are the proof, also when the entries are held back or wrong. */
  @Test
  void another_end_of_the_same_size_needs_no_entries() throws Exception {
    byte[] kept = log.publish(300);
    byte[] other = log.publish(300, 7);
    log.files().put("tile/entries/000", new byte[] {1});
    assertThat(check(kept).fault()).isEqualTo(TransparencyLogFault.FORKED);
    log.files().remove("tile/entries/000");
    TransparencyLogResult result = check(kept);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.FORKED);
    assertThat(result.checkpoint()).isEqualTo(other);
  }

  @Test
  void each_entry_is_shown_in_its_order() throws Exception {
    log.publish(300);
    List<String> shown = new ArrayList<>();
    new TransparencyLogVerifier(log::file, log.key())
        .check(null, entry -> shown.add(new String(entry, StandardCharsets.UTF_8)));
    assertThat(shown).hasSize(300).startsWith("entry 0", "entry 1").endsWith("entry 299");
  }

  @Test
  void an_end_says_its_size_and_what_is_none_says_nothing() throws Exception {
    assertThat(TransparencyLogVerifier.sizeOf(log.publish(300), log.key())).isEqualTo(300);
    assertThat(TransparencyLogVerifier.sizeOf(new byte[] {1}, log.key())).isZero();
  }

  @Test
  void entries_that_are_not_those_of_the_end_are_told() throws Exception {
    byte[] end = log.publish(300);
    log.publish(300, 7);
    log.files().put("checkpoint", end);
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.OTHER_ENTRIES);
    log.files().put("tile/entries/000", new byte[] {1});
    TransparencyLogResult result = check(null);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.OTHER_ENTRIES);
    assertThat(result.isSigned()).isTrue();
  }

  @Test
  void an_end_of_another_key_is_told() throws Exception {
    log.publish(3);
    log.end(
        new Checkpoint(PublishedLog.ORIGIN, 3, MerkleHasher.EMPTY_ROOT), PublishedLog.newSigner());
    TransparencyLogResult result = check(null);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
    assertThat(result.isSigned()).isFalse();
    log.files().put("checkpoint", new byte[] {1});
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
  }

  @Test
  void a_log_that_does_not_end_is_not_read() throws Exception {
    log.end(
        new Checkpoint(
            PublishedLog.ORIGIN,
            TransparencyLogVerifier.MAX_ENTRIES + 1,
            MerkleHasher.leaf(new byte[0])));
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.TOO_LARGE);
    log.end(
        new Checkpoint(
            PublishedLog.ORIGIN,
            TransparencyLogVerifier.MAX_ENTRIES,
            MerkleHasher.leaf(new byte[0])));
    assertThat(check(null).fault()).as("is asked for").isEqualTo(TransparencyLogFault.NO_ANSWER);
  }

  /** What was signed is there all the same: silence about entries hides no other end. */
  @Test
  void silence_is_no_contradiction_and_hides_no_end() throws Exception {
    byte[] kept = log.publish(300);
    byte[] now = log.publish(301, 7);
    log.files().remove("tile/entries/001.p/45");
    TransparencyLogResult held = check(kept);
    assertThat(held.fault()).isEqualTo(TransparencyLogFault.NO_ANSWER);
    assertThat(held.failure()).hasMessageContaining("tile/entries/001.p/45");
    assertThat(held.isSigned()).isTrue();
    assertThat(held.checkpoint()).isEqualTo(now);
    assertThat(held.size()).isEqualTo(301);
    log.files().clear();
    TransparencyLogResult silent = check(kept);
    assertThat(silent.fault()).isEqualTo(TransparencyLogFault.NO_ANSWER);
    assertThat(silent.isSigned()).isFalse();
    assertThatThrownBy(() -> check(new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kept");
  }

  @Test
  void only_what_does_not_go_with_what_was_signed_is_a_contradiction() {
    assertThat(TransparencyLogFault.values())
        .filteredOn(TransparencyLogFault::isContradiction)
        .containsExactly(
            TransparencyLogFault.SHRUNK,
            TransparencyLogFault.FORKED,
            TransparencyLogFault.OTHER_ENTRIES);
  }
}
