package org.hikae.admin.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.CompactRange;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.transparency.wire.TilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is watched from outside, honest and not (HK1-X-05, HK1-X-08). */
class TransparencyLogVerifierTest {

  private static final String ORIGIN = "portal.example/api/public/log";

  @TempDir private Path folder;

  private final Map<String, byte[]> files = new HashMap<>();
  private NoteSigner signer;

  @BeforeEach
  void make_key() throws Exception {
    signer = signer();
  }

  private static NoteSigner signer() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    NoteKey key =
        NoteKey.of(
            ORIGIN,
            NoteKeyType.ED25519,
            Arrays.copyOfRange(spki, spki.length - NoteKey.PUBLIC_BYTES, spki.length));
    return new NoteSigner(
        key,
        message -> {
          Signature signature = Signature.getInstance("Ed25519");
          signature.initSign(pair.getPrivate());
          signature.update(message);
          return signature.sign();
        });
  }

  /** A log of this many entries; from the place of a change on they are others. */
  private byte[] publish(int size, int changedAt) throws Exception {
    CompactRange range = CompactRange.EMPTY;
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] entry = ((i >= changedAt ? "other " : "entry ") + i).getBytes(StandardCharsets.UTF_8);
      entries.add(entry);
      range = range.append(MerkleHasher.leaf(entry), (level, index, hash) -> {});
    }
    files.clear();
    for (int i = 0; i * TilePath.FULL < size; i++) {
      TilePath path = TilePath.of(TilePath.ENTRIES, i, size);
      int from = i * TilePath.FULL;
      EntryBundle bundle = new EntryBundle(entries.subList(from, from + path.width()));
      files.put(path.path(), bundle.encode());
    }
    return end(new Checkpoint(ORIGIN, size, range.root()), signer);
  }

  private byte[] end(Checkpoint checkpoint, NoteSigner by) throws GeneralSecurityException {
    String text = checkpoint.text();
    byte[] bytes = new SignedNote(text, List.of(by.sign(text))).encode();
    files.put("checkpoint", bytes);
    return bytes;
  }

  private TransparencyLogResult check(byte[] kept) throws IOException {
    return new TransparencyLogVerifier(this::file, signer.key()).check(kept);
  }

  private byte[] file(String path) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new IOException("not found: " + path);
    }
    return bytes;
  }

  @Test
  void a_log_that_grows_fits() throws Exception {
    for (int[] sizes : new int[][] {{1, 1}, {1, 2}, {5, 300}, {256, 256}, {256, 513}, {300, 700}}) {
      byte[] kept = publish(sizes[0], Integer.MAX_VALUE);
      byte[] now = publish(sizes[1], Integer.MAX_VALUE);
      TransparencyLogResult result = check(kept);
      assertThat(result.fault()).isNull();
      assertThat(result.isEvidence()).isFalse();
      assertThat(result.before()).isEqualTo(sizes[0]);
      assertThat(result.size()).isEqualTo(sizes[1]);
      assertThat(result.checkpoint()).isEqualTo(now);
    }
  }

  @Test
  void a_log_that_went_back_is_told_with_evidence() throws Exception {
    byte[] kept = publish(300, Integer.MAX_VALUE);
    byte[] shorter = publish(299, Integer.MAX_VALUE);
    TransparencyLogResult result = check(kept);
    assertThat(result.fault()).isEqualTo(TransparencyLogFault.SHRUNK);
    assertThat(result.isEvidence()).isTrue();
    assertThat(result.checkpoint()).isEqualTo(shorter);
  }

  /** At the last entry and at any before, with and without new ones behind. */
  @Test
  void a_changed_entry_is_told_with_evidence() throws Exception {
    byte[] kept = publish(300, Integer.MAX_VALUE);
    for (int changedAt : new int[] {0, 255, 256, 299}) {
      for (int size : new int[] {300, 301, 600}) {
        publish(size, changedAt);
        TransparencyLogResult result = check(kept);
        assertThat(result.fault()).isEqualTo(TransparencyLogFault.FORKED);
        assertThat(result.isEvidence()).isTrue();
      }
    }
    publish(301, 300);
    assertThat(check(kept).fault()).as("a new entry may be anything").isNull();
  }

  @Test
  void entries_that_are_not_those_of_the_end_are_told() throws Exception {
    byte[] end = publish(300, Integer.MAX_VALUE);
    publish(300, 7);
    files.put("checkpoint", end);
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.OTHER_ENTRIES);
    files.put("tile/entries/000", new byte[] {1});
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.OTHER_ENTRIES);
  }

  @Test
  void an_end_of_another_key_is_told() throws Exception {
    publish(3, Integer.MAX_VALUE);
    end(new Checkpoint(ORIGIN, 3, MerkleHasher.EMPTY_ROOT), signer());
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
    files.put("checkpoint", new byte[] {1});
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.BAD_CHECKPOINT);
  }

  @Test
  void a_log_that_does_not_end_is_not_read() throws Exception {
    end(
        new Checkpoint(
            ORIGIN, TransparencyLogVerifier.MAX_ENTRIES + 1, MerkleHasher.leaf(new byte[0])),
        signer);
    assertThat(check(null).fault()).isEqualTo(TransparencyLogFault.TOO_LARGE);
  }

  @Test
  void silence_is_no_contradiction() throws Exception {
    byte[] kept = publish(300, Integer.MAX_VALUE);
    files.remove("tile/entries/001.p/44");
    assertThatThrownBy(() -> check(kept)).isInstanceOf(IOException.class);
    files.clear();
    assertThatThrownBy(() -> check(kept)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> check(new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kept");
  }

  @Test
  void a_folder_keeps_key_end_and_evidence() throws Exception {
    Path place = folder.resolve("log");
    KeptCheckpointStore store = new KeptCheckpointStore(place);
    assertThat(store.key()).isNull();
    assertThat(store.checkpoint()).isNull();
    store.keep(signer.key(), new byte[] {1});
    store.keep(signer.key(), new byte[] {2});
    assertThat(store.key()).isEqualTo(signer.key());
    assertThat(store.checkpoint()).isEqualTo(new byte[] {2});
    Path other = store.keepContradicting(new byte[] {3});
    assertThat(store.keepContradicting(new byte[] {4})).isEqualTo(other);
    assertThat(other).hasBinaryContent(new byte[] {3});
    try (var all = Files.list(place)) {
      assertThat(all).hasSize(3);
    }
    Files.writeString(place.resolve("key"), "no key");
    assertThatThrownBy(store::key).isInstanceOf(IOException.class).hasMessageContaining("key");
    Files.write(place.resolve("checkpoint"), new byte[SignedNote.MAX_BYTES + 1]);
    assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);
  }
}
