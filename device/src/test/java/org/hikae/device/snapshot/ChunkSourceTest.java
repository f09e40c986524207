package org.hikae.device.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.restore.fetch.SealedSpool;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** Manifests of many packs that are read twice. */
class ChunkSourceTest {

  private static final int PACKS = 6;

  private final Map<ChunkRef, byte[]> chunks = new HashMap<>();
  private final List<StoredPack> packs = new ArrayList<>();

  private void store(BackupFixture backupFixture) throws Exception {
    Random random = new Random(3);
    ChunkIdHasher ids = new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID));
    for (int number = 0; number < PACKS; number++) {
      List<byte[]> plain = new ArrayList<>();
      List<Hash256> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        byte[] chunk = new byte[1000];
        random.nextBytes(chunk);
        plain.add(chunk);
        names.add(ids.of(chunk, 0, chunk.length));
      }
      StoredPack pack = HostileSnapshot.store(backupFixture, number, plain, names);
      packs.add(pack);
      for (int i = 0; i < 3; i++) {
        chunks.put(pack.refs().get(i), plain.get(i));
      }
    }
  }

  private void readTwice(
      BackupFixture backupFixture, InstrumentedBackupStore store, SealedObjectCache cache)
      throws Exception {
    try (ChunkSource source =
        new ChunkSource(
            store,
            cache,
            backupFixture.key(),
            backupFixture.context(),
            ChunkSource.PackNaming.BY_THE_SNAPSHOT,
            null)) {
      for (int pass = 0; pass < 2; pass++) {
        for (StoredPack pack : packs) {
          for (ChunkRef ref : pack.refs()) {
            assertThat(source.chunk(pack.pack(), ref)).isEqualTo(chunks.get(ref));
          }
        }
      }
    }
  }

  @Test
  void packs_that_leave_memory_come_from_where_they_were_offered() throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture();
        SealedSpool spool = new SealedSpool(RawFiles::open, tree.path("."))) {
      store(backupFixture);
      spool.begin(0);
      InstrumentedBackupStore store = new InstrumentedBackupStore(backupFixture.store());
      readTwice(backupFixture, store, spool);
      assertThat(store.gets()).hasSize(PACKS);
      assertThat(store.gets().values()).containsOnly(1);
      assertThat(store.ranges().values()).containsOnly(1);
    }
  }

  @Test
  void without_such_a_place_they_are_fetched_again() throws Exception {
    try (BackupFixture backupFixture = new BackupFixture()) {
      store(backupFixture);
      InstrumentedBackupStore store = new InstrumentedBackupStore(backupFixture.store());
      readTwice(backupFixture, store, name -> Optional.empty());
      assertThat(store.ranges().values()).anyMatch(times -> times > 1);
    }
  }
}
