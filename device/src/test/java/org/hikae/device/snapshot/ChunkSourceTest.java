package org.hikae.device.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.ChunkSource.PackNaming;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-C-08: chunks of a manifest whose identifiers are not theirs, in a pack with its name. */
class ChunkSourceTest {

  private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

  private BackupFixture backupFixture;
  private StoredPack stored;

  @BeforeEach
  void open() throws Exception {
    backupFixture = new BackupFixture();
    stored =
        HostileSnapshot.store(
            backupFixture,
            0,
            List.of(FIRST, SECOND),
            List.of(Hash256.sha256(FIRST), Hash256.sha256(SECOND)));
  }

  @AfterEach
  void close() {
    backupFixture.close();
  }

  private ChunkSource source(PackNaming naming) {
    return new ChunkSource(
        backupFixture.store(),
        SealedObjectCache.NONE,
        backupFixture.key(),
        backupFixture.context(),
        naming,
        null);
  }

  @Test
  void a_chunk_that_was_refused_in_a_part_is_refused_in_the_whole() throws Exception {
    try (ChunkSource source = source(PackNaming.BY_THE_SNAPSHOT)) {
      assertThatThrownBy(() -> source.chunk(stored.pack(), stored.refs().getFirst()))
          .isInstanceOf(DamagedDataException.class);
      // The whole pack is there now, and nobody doubts this one.
      assertThat(source.chunk(stored.pack(), stored.refs().getLast())).isEqualTo(SECOND);
    }
  }

  @Test
  void a_pack_that_others_have_named_is_looked_at_chunk_by_chunk() throws Exception {
    try (ChunkSource source = source(PackNaming.BY_OTHERS)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> source.chunk(stored.pack(), stored.refs().getFirst()))
            .isInstanceOf(DamagedDataException.class);
        assertThatThrownBy(() -> source.chunk(stored.pack(), stored.refs().getLast()))
            .isInstanceOf(DamagedDataException.class);
      }
    }
  }
}
