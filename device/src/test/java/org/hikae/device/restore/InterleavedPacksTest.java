package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * Files whose chunks lie in any order in many packs, more than are held at a time, some missing or
 * damaged, some damaged on their way: each file comes back whole or is told, and nothing hangs.
 */
@EveryThirdRun
class InterleavedPacksTest {

  private static final int PACKS = 20;
  private static final int CHUNKS = 4;
  private static final int FILES = 40;
  private static final long SEED = Long.getLong("hikae.test.seed", new Random().nextLong());
  private static final EntryMetadata META =
      new EntryMetadata(0600, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private final Random random = new Random(SEED);

  /** A file, as it must come back. */
  private static final class ExpectedFile {
    private final List<ChunkRef> refs = new ArrayList<>();
    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private boolean damaged;
  }

  @Test
  void each_file_comes_back_whole_or_is_told() throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture()) {
      List<List<byte[]>> chunks = new ArrayList<>();
      List<StoredPack> packs = new ArrayList<>();
      fill(backupFixture, chunks, packs);
      List<ExpectedFile> files = plan(chunks, packs);
      SnapshotView view = commit(backupFixture, packs, files);
      Hash256 missing = packs.get(3).pack();
      backupFixture.store().objects().remove(missing);
      // The second chunk of this one.
      ChunkRef broken = packs.get(5).refs().get(1);
      byte[] object = backupFixture.store().objects().get(packs.get(5).pack());
      object[broken.entry().offset() + 20] ^= 1;
      RestoreResult result =
          new Restore(flipping(backupFixture), backupFixture.key())
              .run(
                  new RestoreRequest(view, RawPath.ROOT, tree.path("target"), OverwriteMode.REFUSE),
                  ProgressListener.NONE);
      assertThat(result.result()).as("seed %s", SEED).isEqualTo(RunResult.CORRUPT);
      for (int i = 0; i < FILES; i++) {
        Path file = tree.place().resolve("target").resolve(name(i));
        if (files.get(i).damaged) {
          assertThat(file).as("seed %s", SEED).doesNotExist();
        } else {
          assertThat(Files.readAllBytes(file))
              .as("seed %s, file %s", SEED, i)
              .isEqualTo(files.get(i).contents.toByteArray());
        }
      }
      assertThat(InstrumentedBackupStore.threads()).isEmpty();
    }
  }

  private void fill(BackupFixture backupFixture, List<List<byte[]>> chunks, List<StoredPack> packs)
      throws Exception {
    ChunkIdHasher ids = new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID));
    for (int number = 0; number < PACKS; number++) {
      List<byte[]> ofPack = new ArrayList<>();
      List<Hash256> names = new ArrayList<>();
      for (int i = 0; i < CHUNKS; i++) {
        byte[] chunk = new byte[1 + random.nextInt(random.nextInt(3) == 0 ? 1000 : 1_500_000)];
        random.nextBytes(chunk);
        ofPack.add(chunk);
        names.add(ids.of(chunk, 0, chunk.length));
      }
      chunks.add(ofPack);
      packs.add(HostileSnapshot.store(backupFixture, number, ofPack, names));
    }
  }

  private List<ExpectedFile> plan(List<List<byte[]>> chunks, List<StoredPack> packs) {
    List<ExpectedFile> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      ExpectedFile file = new ExpectedFile();
      for (int left = random.nextInt(8); left >= 0; left--) {
        int pack = random.nextInt(PACKS);
        int number = random.nextInt(CHUNKS);
        file.refs.add(packs.get(pack).refs().get(number));
        file.contents.writeBytes(chunks.get(pack).get(number));
        file.damaged |= pack == 3 || (pack == 5 && number == 1);
      }
      files.add(file);
    }
    return files;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "file %03d", number);
  }

  private static SnapshotView commit(
      BackupFixture backupFixture, List<StoredPack> packs, List<ExpectedFile> files)
      throws Exception {
    return HostileSnapshot.commit(
        backupFixture,
        packs.stream().map(StoredPack::pack).toList(),
        out -> {
          out.enter(new ManifestRecord.Enter(new byte[0], META, false));
          for (int i = 0; i < FILES; i++) {
            byte[] name = name(i).getBytes(StandardCharsets.US_ASCII);
            out.file(new ManifestRecord.FileStart(name, META, 0, 1, 1));
            for (ChunkRef ref : files.get(i).refs) {
              out.chunk(ref);
            }
            out.fileEnd(State.WHOLE);
          }
          out.leave();
          out.end();
        });
  }

  /** Damages a third of the objects on their way, the first time each is read whole or in part. */
  private static InstrumentedBackupStore flipping(BackupFixture backupFixture) {
    Set<Hash256> seen = ConcurrentHashMap.newKeySet();
    Set<Hash256> lucky = new HashSet<>();
    int number = 0;
    for (Hash256 each : backupFixture.store().objects().keySet()) {
      if (number++ % 3 != 0) {
        lucky.add(each);
      }
    }
    return new InstrumentedBackupStore(backupFixture.store())
        .reading(
            (name, object) -> {
              if (object.length > 500 && !lucky.contains(name) && seen.add(name)) {
                object[object.length / 2] ^= 1;
              }
              return object;
            });
  }
}
