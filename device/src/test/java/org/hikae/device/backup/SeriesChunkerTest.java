package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.pack.SnapshotSigning;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.SnapshotFormat;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-M-16: by which chunker a series goes on, so that nothing is sent again without a reason. */
class SeriesChunkerTest {

  private final SecureRandom random = new SecureRandom();
  private final DeviceIdentity device = DeviceIdentity.generate(random);
  private final InMemoryBackupStore store = new InMemoryBackupStore(device.deviceId());
  private final BackupKey key = BackupKey.generate(BackupFixture.SET, 1, random);
  private final byte[] contents = new byte[9_000_000];
  private TemporaryTree tree;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    tree.makeDirectory("source").close();
    new Random(16).nextBytes(contents);
    Files.write(file(), contents);
  }

  @AfterEach
  void close() throws Exception {
    key.close();
    tree.close();
  }

  private Path file() {
    return tree.place().resolve("source/file");
  }

  private SnapshotView backUp(SnapshotFormat least) throws Exception {
    SnapshotSigning signing = new SnapshotSigning(device.signer(), least, false);
    return new Backup(store, key, device.deviceId(), null, Clock.systemUTC(), random)
        .signedBy(signing)
        .run(BackupFixture.request(tree.path("source")), ProgressListener.NONE)
        .snapshot();
  }

  /** Changes the file behind all of its chunks but the last. */
  private void changeEnd() throws IOException {
    contents[contents.length - 1] ^= 1;
    Files.write(file(), contents);
  }

  private void assertForm(SnapshotView snapshot, int version, int chunker) throws Exception {
    try (OpenedSnapshot opened = OpenedSnapshot.open(store, key, snapshot)) {
      assertThat(opened.root().formats()).isEqualTo(new SnapshotFormat(version, chunker, 1));
      assertThat(lengths(opened)).isEqualTo(lengths(chunker)).isNotEqualTo(lengths(3 - chunker));
    }
  }

  private static List<Integer> lengths(OpenedSnapshot opened) throws Exception {
    List<Integer> lengths = new ArrayList<>();
    ManifestReader<BackupStoreException> in = opened.tree();
    for (ManifestRecord at = in.next(); !(at instanceof ManifestRecord.End); at = in.next()) {
      if (at instanceof ManifestRecord.Data data) {
        data.chunks().stream().map(ChunkRef::length).forEach(lengths::add);
      }
    }
    return lengths;
  }

  private List<Integer> lengths(int chunker) throws IOException {
    List<Integer> lengths = new ArrayList<>();
    Chunker.Sink<RuntimeException> sink = (_, _, length) -> lengths.add(length);
    try (SecretBytes cdc = key.subkey(Subkey.CDC)) {
      Chunker cutting = Chunker.of(chunker, cdc);
      cutting.write(contents, 0, contents.length, sink);
      cutting.finish(sink);
    }
    return lengths;
  }

  @Test
  void a_new_series_is_cut_by_the_chunker_of_its_version() throws Exception {
    assertForm(backUp(SnapshotFormat.SIGNED), 2, 2);
    changeEnd();
    assertForm(backUp(SnapshotFormat.SIGNED), 2, 2);
  }

  @Test
  void a_series_that_moves_goes_on_being_cut_as_it_was() throws Exception {
    assertForm(backUp(SnapshotFormat.FIRST), 1, 1);
    for (int run = 0; run < 2; run++) {
      changeEnd();
      long before = store.bytesPut();
      assertForm(backUp(SnapshotFormat.SIGNED), 2, 1);
      assertThat(store.bytesPut() - before).isLessThan(Chunker.MAX_BYTES + 100_000L);
    }
  }

  @Test
  void so_it_does_when_the_manifest_before_turns_out_to_be_damaged() throws Exception {
    SnapshotView first = backUp(SnapshotFormat.FIRST);
    damageManifest(first);
    changeEnd();
    assertForm(backUp(SnapshotFormat.SIGNED), 2, 1);
  }

  private void damageManifest(SnapshotView snapshot) throws Exception {
    try (OpenedSnapshot opened = OpenedSnapshot.open(store, key, snapshot)) {
      ManifestRef records = opened.root().tree().getLast();
      store.objects().get(records.pack())[records.ref().entry().offset()] ^= 1;
    }
  }

  @Test
  void a_series_of_which_nothing_can_be_taken_over_is_cut_by_the_newest() throws Exception {
    SnapshotView first = backUp(SnapshotFormat.FIRST);
    byte[] root = store.objects().get(Hash256.parse(first.root()));
    root[root.length - 1] ^= 1;
    assertForm(backUp(SnapshotFormat.SIGNED), 2, 2);
  }
}
