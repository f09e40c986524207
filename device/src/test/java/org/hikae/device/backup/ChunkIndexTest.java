package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkIndexTest {

  private static ChunkRef ref(int number) {
    byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
    return new ChunkRef(number, new PackEntry(number % 100, 72, 17), 1, Hash256.sha256(bytes));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5000, 20_000, Long.MAX_VALUE})
  void finds_what_was_added_whatever_was_expected(long expected) throws Exception {
    try (ChunkIndex index = new ChunkIndex(null, expected)) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(index.find(ref(i).chunkId())).isNull();
        index.add(ref(i));
      }
      for (int i = 0; i < 20_000; i++) {
        assertThat(index.find(ref(i).chunkId())).isEqualTo(ref(i));
      }
    }
  }
}
