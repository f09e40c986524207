package org.hikae.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was seen of a log is kept, and what contradicts it, too. */
class KeptCheckpointStoreTest {

  @TempDir private Path folder;

  private Path place;
  private NoteKey key;
  private KeptCheckpointStore store;

  @BeforeEach
  void make_store() throws Exception {
    place = folder.resolve("log");
    key = new PublishedLog().key();
    store = new KeptCheckpointStore(place);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.count();
    }
  }

  @Test
  void a_folder_keeps_key_and_end() throws Exception {
    assertThat(store.key()).isNull();
    assertThat(store.checkpoint()).isNull();
    store.keep(key, null, new byte[] {1});
    store.keep(key, new byte[] {1}, new byte[] {2});
    assertThat(store.key()).isEqualTo(key);
    assertThat(store.checkpoint()).isEqualTo(new byte[] {2});
    assertThat(files()).isEqualTo(2);
    Files.writeString(place.resolve("key"), "no key");
    assertThatThrownBy(store::key).isInstanceOf(IOException.class).hasMessageContaining("key");
    Files.write(place.resolve("checkpoint"), new byte[SignedNote.MAX_BYTES + 1]);
    assertThatThrownBy(store::checkpoint).isInstanceOf(IOException.class);
  }

  @Test
  void the_first_key_stays_also_before_an_end_is_kept() throws Exception {
    assertThat(store.isEmpty()).isTrue();
    store.keepKey(key);
    store.keepKey(key);
    assertThat(store.isEmpty()).isFalse();
    NoteKey other = new PublishedLog().key();
    assertThatThrownBy(() -> store.keepKey(other)).hasMessageContaining("another key");
    assertThatThrownBy(() -> store.keep(other, null, new byte[] {1}))
        .hasMessageContaining("another key");
    assertThat(store.key()).isEqualTo(key);
    assertThat(store.checkpoint()).isNull();
  }

  @Test
  void the_first_end_without_a_card_is_kept_for_each_card() throws Exception {
    Hash256 leaf = Hash256.sha256(new byte[] {7});
    Path first = store.keepWithoutCard(leaf, new byte[] {1}).orElseThrow();
    assertThat(store.keepWithoutCard(leaf, new byte[] {2})).hasValue(first);
    assertThat(first).hasBinaryContent(new byte[] {1});
    assertThat(first.getFileName()).asString().contains(leaf.hex().substring(0, 16));
  }

  /** What another run has kept meanwhile may be longer. */
  @Test
  void an_end_is_replaced_only_by_who_has_compared_with_it() throws Exception {
    store.keep(key, null, new byte[] {1});
    for (byte[] before : new byte[][] {null, {2}}) {
      assertThatThrownBy(() -> store.keep(key, before, new byte[] {3}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run");
    }
    assertThat(store.checkpoint()).isEqualTo(new byte[] {1});
  }

  /** Also after many others: a portal could send those before the one that tells on it. */
  @Test
  void each_end_that_contradicts_has_a_file_of_its_own() throws Exception {
    store.keep(key, null, new byte[] {1});
    for (int i = 0; i < KeptCheckpointStore.MAX_BESIDE; i++) {
      assertThat(store.keepUnproven(ByteBuffer.allocate(4).putInt(i).array())).isPresent();
    }
    assertThat(store.keepUnproven(new byte[] {9})).as("no room").isEmpty();
    Path first = store.keepContradicting(new byte[] {3}).orElseThrow();
    Path second = store.keepContradicting(new byte[] {4}).orElseThrow();
    assertThat(store.keepContradicting(new byte[] {3})).hasValue(first);
    assertThat(first).hasBinaryContent(new byte[] {3});
    assertThat(second).hasBinaryContent(new byte[] {4});
    assertThat(files()).isEqualTo(4 + KeptCheckpointStore.MAX_BESIDE);
  }

  @Test
  void what_cannot_be_written_leaves_nothing_behind() throws Exception {
    Files.createDirectories(place.resolve("key/inside"));
    assertThatThrownBy(() -> store.keep(key, null, new byte[] {1})).isInstanceOf(IOException.class);
    assertThat(files()).isEqualTo(1);
  }
}
