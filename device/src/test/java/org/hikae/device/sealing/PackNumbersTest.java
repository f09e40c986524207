package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** The numbers of packs are those of the specification (HK1-N-05). */
class PackNumbersTest {

  @Test
  void of_packs() {
    assertThat(SpecNumbers.of("pack"))
        .isEqualTo(
            Map.of(
                "start", (long) PackReader.HEADER_BYTES,
                "directory-number", PackWriter.DIRECTORY_NUMBER,
                "trailer-number", PackWriter.TRAILER_NUMBER,
                "directory-entry", (long) PackWriter.DIRECTORY_ENTRY_BYTES,
                "trailer", (long) PackWriter.TRAILER_BYTES,
                "entries", (long) PackEntry.MAX_ENTRIES,
                "raw", (long) ChunkFrame.RAW,
                "zstd", (long) ChunkFrame.ZSTD,
                "frame-header", (long) ChunkFrame.HEADER_BYTES,
                "chunk-limit", (long) ChunkFrame.MAX_RAW_BYTES));
  }
}
