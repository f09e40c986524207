package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.verify.Damage;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;
import org.hikae.device.verify.VerificationResult;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-M-02: a lost chunk of the pack table takes no file with it whose pack is there. Each of three
 * files has a pack; the table has chunks of 40 bytes, so that a name lies across two of them.
 */
class DamagedPackTableTest extends RestoreTestBase {

  private static final EntryMetadata META =
      new EntryMetadata(0600, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());
  private static final int CHUNK_BYTES = 40;

  private final List<StoredPack> stored = new ArrayList<>();
  private SnapshotView view;

  @BeforeEach
  void open() throws Exception {
    for (String text : List.of("first", "second", "third")) {
      stored.add(store(stored.size(), text));
    }
    view = HostileSnapshot.commitWithTableIn(backupFixture, CHUNK_BYTES, packs(), this::threeFiles);
  }

  private StoredPack store(int number, String text) throws Exception {
    byte[] chunk = text.getBytes(StandardCharsets.US_ASCII);
    Hash256 id =
        new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID)).of(chunk, 0, chunk.length);
    return HostileSnapshot.store(backupFixture, number, List.of(chunk), List.of(id));
  }

  private List<Hash256> packs() {
    return stored.stream().map(StoredPack::pack).toList();
  }

  private void threeFiles(ManifestWriter<RuntimeException> out) throws IOException {
    out.enter(new ManifestRecord.Enter(new byte[0], META, false));
    for (int i = 0; i < stored.size(); i++) {
      out.file(new ManifestRecord.FileStart(new byte[] {(byte) ('a' + i)}, META, 0, 1, 1));
      out.chunk(stored.get(i).ref());
      out.fileEnd(State.WHOLE);
    }
    out.leave();
    out.end();
  }

  /** Removes a chunk of the table. */
  private void lose(int part) throws Exception {
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), view)) {
      backupFixture.store().objects().remove(open.root().packTable().get(part).pack());
    }
  }

  private RunResult restore() throws Exception {
    return backupFixture.restore(view, RawPath.ROOT, tree.path("target")).result();
  }

  private Path restored(String name) {
    return tree.place().resolve("target").resolve(name);
  }

  private List<ProgressListener.WarningKind> told() {
    return backupFixture.warnings().stream().map(ProgressListener.Warning::kind).toList();
  }

  @Test
  void packs_without_a_name_are_found_by_their_own_directories() throws Exception {
    lose(1);
    assertThat(restore()).isEqualTo(RunResult.SUCCESS);
    assertThat(restored("a")).hasContent("first");
    assertThat(restored("b")).hasContent("second");
    assertThat(restored("c")).hasContent("third");
    assertThat(told()).containsExactly(ProgressListener.WarningKind.PACK_NAMES_LOST);
  }

  @Test
  void only_what_no_pack_has_any_more_is_damaged() throws Exception {
    lose(1);
    backupFixture.store().objects().remove(stored.get(2).pack());
    assertThat(restore()).isEqualTo(RunResult.CORRUPT);
    assertThat(restored("a")).hasContent("first");
    assertThat(restored("b")).hasContent("second");
    assertThat(restored("c")).doesNotExist();
    assertThat(backupFixture.warnings())
        .filteredOn(warning -> warning.kind() == ProgressListener.WarningKind.DAMAGED)
        .singleElement()
        .satisfies(warning -> assertThat(warning.path()).hasToString("/c"));
  }

  @Test
  void another_snapshot_names_the_pack_when_its_directory_is_damaged() throws Exception {
    byte[] pack = backupFixture.store().objects().get(stored.get(2).pack());
    pack[pack.length - 1] ^= 1;
    HostileSnapshot.commit(backupFixture, packs(), this::threeFiles);
    lose(1);
    assertThat(restore()).isEqualTo(RunResult.SUCCESS);
    assertThat(restored("c")).hasContent("third");
  }

  @Test
  void the_whole_table_may_be_lost() throws Exception {
    for (int part : List.of(0, 1, 2)) {
      lose(part);
    }
    assertThat(restore()).isEqualTo(RunResult.SUCCESS);
    assertThat(restored("a")).hasContent("first");
  }

  @Test
  void a_verification_calls_the_snapshot_damaged() throws Exception {
    lose(1);
    VerificationResult result =
        new Verification(backupFixture.store(), Map.of(1L, backupFixture.key()), new Random(7))
            .run(List.of(view), PackSample.ALL, ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    assertThat(result.damages())
        .extracting(Damage::kind)
        .contains(Damage.Kind.SNAPSHOT, Damage.Kind.PACK_MISSING);
  }
}
