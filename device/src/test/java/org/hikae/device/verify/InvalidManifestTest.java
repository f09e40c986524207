package org.hikae.device.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.files.FileTime;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests and packs that are sealed as they should be and wrong all the same. */
class InvalidManifestTest {

  private static final EntryMetadata META =
      new EntryMetadata(0600, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private BackupFixture backupFixture;
  private byte[] chunk;
  private StoredPack stored;

  @BeforeEach
  void open() throws Exception {
    backupFixture = new BackupFixture();
    chunk = "contents of a file".repeat(20).getBytes(StandardCharsets.US_ASCII);
    stored = HostileSnapshot.store(backupFixture, chunk, id(chunk));
  }

  @AfterEach
  void close() {
    backupFixture.close();
  }

  private Hash256 id(byte[] bytes) {
    return new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID))
        .of(bytes, 0, bytes.length);
  }

  /** Two files with this reference each, and one with the right one. */
  private SnapshotView snapshot(ChunkRef... refs) throws Exception {
    return HostileSnapshot.commit(
        backupFixture,
        List.of(stored.pack()),
        out -> {
          out.enter(new ManifestRecord.Enter(new byte[0], META, false));
          for (int i = 0; i < refs.length; i++) {
            byte[] name = {(byte) ('a' + i)};
            out.file(new ManifestRecord.FileStart(name, META, 0, 1, 1));
            out.chunk(refs[i]);
            out.fileEnd(State.WHOLE);
          }
          out.leave();
          out.end();
        });
  }

  private VerificationResult verify(SnapshotView... snapshots) throws Exception {
    return verification().run(List.of(snapshots), PackSample.ALL, ProgressListener.NONE);
  }

  private Verification verification() {
    return new Verification(backupFixture.store(), Map.of(1L, backupFixture.key()), new Random(7));
  }

  private List<ChunkRef> wrong() {
    ChunkRef right = stored.ref();
    PackEntry entry = right.entry();
    int offset = entry.offset();
    int sealed = entry.sealedLength();
    return List.of(
        new ChunkRef(0, new PackEntry(0, offset + 1, sealed), right.length(), right.chunkId()),
        new ChunkRef(0, new PackEntry(0, offset, sealed - 1), right.length(), right.chunkId()),
        new ChunkRef(0, new PackEntry(1, offset, sealed), right.length(), right.chunkId()),
        new ChunkRef(0, new PackEntry(65_535, offset, sealed), right.length(), right.chunkId()),
        new ChunkRef(0, entry, right.length() + 1, right.chunkId()),
        new ChunkRef(0, entry, right.length(), Hash256.sha256(chunk)));
  }

  @Test
  void right_references_are_right() throws Exception {
    assertThat(verify(snapshot(stored.ref(), stored.ref())).result()).isEqualTo(RunResult.SUCCESS);
  }

  @Test
  void each_wrong_reference_is_found_and_its_files_are_counted() throws Exception {
    for (ChunkRef ref : wrong()) {
      SnapshotView view = snapshot(ref, stored.ref(), ref);
      VerificationResult result = verify(view);
      assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
      assertThat(result.damages()).hasSize(1);
      Damage damage = result.damages().getFirst();
      assertThat(damage.kind()).isEqualTo(Damage.Kind.REFERENCE);
      assertThat(damage.pack()).isEqualTo(stored.pack().hex());
      assertThat(damage.needs())
          .containsExactly(new Damage.AffectedSnapshot(view.snapshotId(), OptionalLong.of(2)));
    }
  }

  @Test
  void of_two_snapshots_that_disagree_the_wrong_one_is_named() throws Exception {
    SnapshotView right = snapshot(stored.ref());
    for (ChunkRef ref : wrong()) {
      SnapshotView mistaken = snapshot(ref);
      for (VerificationResult result : List.of(verify(right, mistaken), verify(mistaken, right))) {
        assertThat(result.damages()).hasSize(1);
        assertThat(result.damages().getFirst().needs())
            .extracting(Damage.AffectedSnapshot::snapshotId)
            .containsExactly(mistaken.snapshotId());
      }
    }
  }

  /** HK1-D-13: that its device sealed what it had read, a verification that is not deep leaves. */
  @Test
  void a_pack_whose_directory_names_another_chunk_is_found_by_a_deep_verification()
      throws Exception {
    stored = HostileSnapshot.store(backupFixture, chunk, Hash256.sha256(chunk));
    SnapshotView view = snapshot(stored.ref());
    assertThat(verify(view).result()).isEqualTo(RunResult.SUCCESS);
    VerificationResult result =
        verification().deeply().run(List.of(view), PackSample.ALL, ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.damages()).hasSize(1);
    assertThat(result.damages().getFirst().kind()).isEqualTo(Damage.Kind.PACK_DAMAGED);
    assertThat(result.damages().getFirst().needs().getFirst().files()).hasValue(1);
  }

  @Test
  void a_reference_outside_the_pack_table_or_into_a_manifest_is_the_snapshots_damage()
      throws Exception {
    SnapshotView outside =
        snapshot(
            new ChunkRef(1, stored.ref().entry(), stored.ref().length(), stored.ref().chunkId()));
    assertThat(verify(outside).damages().getFirst().kind()).isEqualTo(Damage.Kind.SNAPSHOT);
  }

  @Test
  void a_manifest_against_the_rules_is_the_snapshots_damage() throws Exception {
    SnapshotView view =
        HostileSnapshot.commit(
            backupFixture,
            out -> {
              out.enter(new ManifestRecord.Enter(new byte[0], META, false));
              out.end();
            });
    SnapshotView sound = snapshot(stored.ref());
    VerificationResult result = verify(sound, view);
    assertThat(result.damages()).hasSize(1);
    assertThat(result.damages().getFirst().kind()).isEqualTo(Damage.Kind.SNAPSHOT);
    assertThat(result.damages().getFirst().needs().getFirst().snapshotId())
        .isEqualTo(view.snapshotId());
  }
}
