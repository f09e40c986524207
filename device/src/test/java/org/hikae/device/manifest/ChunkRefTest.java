package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.junit.jupiter.api.Test;

/** HK1-M-04: the numbers of a reference at their bounds, and one beyond. */
class ChunkRefTest {

  private static final Hash256 ID = Hash256.sha256(new byte[] {1});
  private static final int FAR = Hk1Constants.MAX_OBJECT_BYTES;

  @Test
  void a_reference_at_the_bounds_is_read_as_it_was_written() throws Exception {
    for (ChunkRef ref :
        List.of(
            ref(0, 0, 0, 0, 1),
            ref(Integer.MAX_VALUE, PackEntry.MAX_ENTRIES - 1, FAR, FAR, ChunkRef.MAX_LENGTH))) {
      assertThat(ChunkRef.read(written(ref))).isEqualTo(ref);
    }
  }

  @Test
  void one_beyond_them_is_refused() {
    for (ChunkRef ref :
        List.of(
            ref(-1, 0, 0, 0, 1),
            ref(0, -1, 0, 0, 1),
            ref(0, PackEntry.MAX_ENTRIES, 0, 0, 1),
            ref(0, 0, -1, 0, 1),
            ref(0, 0, FAR + 1, 0, 1),
            ref(0, 0, 0, -1, 1),
            ref(0, 0, 0, FAR + 1, 1),
            ref(0, 0, 0, 0, 0),
            ref(0, 0, 0, 0, ChunkRef.MAX_LENGTH + 1))) {
      assertThatThrownBy(() -> ChunkRef.read(written(ref)))
          .as("%s", ref)
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("reference to a chunk");
    }
  }

  private static ChunkRef ref(int pack, int number, int offset, int sealed, int length) {
    return new ChunkRef(pack, new PackEntry(number, offset, sealed), length, ID);
  }

  private static ByteBuffer written(ChunkRef ref) {
    ByteBuffer bytes = ByteBuffer.allocate(ChunkRef.BYTES);
    ref.write(bytes);
    return bytes.flip();
  }
}
