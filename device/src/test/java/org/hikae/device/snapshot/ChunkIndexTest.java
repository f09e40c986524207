package org.hikae.device.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {

  private static ChunkRef ref(int number) {
    byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
    return new ChunkRef(number, new PackEntry(number % 100, 72, 17), 1, Hash256.sha256(bytes));
  }

  @TempDir Path folder;

  /** More than two blocks of records, and slots that grow twice. */
  private static void findsWhatWasAdded(ChunkIndex index) throws Exception {
    for (int i = 0; i < 30_000; i++) {
      assertThat(index.find(ref(i).chunkId())).isNull();
      index.add(ref(i));
    }
    for (int i = 0; i < 30_000; i++) {
      assertThat(index.find(ref(i).chunkId())).isEqualTo(ref(i));
    }
  }

  @Test
  void finds_in_files_what_was_added_and_leaves_none() throws Exception {
    try (ChunkIndex index = new ChunkIndex(folder)) {
      findsWhatWasAdded(index);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void finds_in_memory_what_was_added() throws Exception {
    try (ChunkIndex index = new ChunkIndex(null)) {
      findsWhatWasAdded(index);
    }
  }

  @Test
  void keeps_where_a_chunk_was_first() throws Exception {
    ChunkRef first = ref(1);
    try (ChunkIndex index = new ChunkIndex(null)) {
      index.add(first);
      index.add(new ChunkRef(2, new PackEntry(3, 4, 5), 6, first.chunkId()));
      assertThat(index.find(first.chunkId())).isEqualTo(first);
    }
  }
}
