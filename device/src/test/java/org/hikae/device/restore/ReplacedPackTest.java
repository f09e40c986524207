package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.backup.HostileSnapshot.StoredPack;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkFrameEncoder;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.verify.Damage;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;
import org.hikae.device.verify.VerificationResult;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-C-08, HK1-S-15: a holder of K and the portal put other bytes under the name of a pack. They
 * open rightly, lie where the manifest says, and the directory has the right identifiers: only the
 * pack's name, and what the identifiers are of, tell that they are others.
 */
class ReplacedPackTest {

  private static final int FILES = 12;

  /** Together more than what is fetched in parts. */
  private static final int FILE_BYTES = 100_000;

  private static final int TAG_BYTES = 16;

  private static final EntryMetadata META =
      new EntryMetadata(0700, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());

  private final SecureRandom random = new SecureRandom();
  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private InstrumentedBackupStore store;
  private SnapshotView snapshot;
  private Hash256 manifestPack;
  private Hash256 dataPack;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    backupFixture = new BackupFixture();
    store = new InstrumentedBackupStore(backupFixture.store());
    tree.makeDirectory("source").close();
    Random contents = new Random(5);
    for (int i = 0; i < FILES; i++) {
      byte[] noise = new byte[FILE_BYTES];
      contents.nextBytes(noise);
      Files.write(tree.place().resolve("source/file " + (char) ('a' + i)), noise);
    }
    snapshot = backupFixture.backUp(tree.path("source")).snapshot();
    Set<Hash256> data = new TreeSet<>(store.objects(snapshot.snapshotId()));
    try (OpenedSnapshot opened = OpenedSnapshot.open(store, backupFixture.key(), snapshot)) {
      manifestPack = opened.root().manifestPacks().getFirst();
      opened.root().manifestPacks().forEach(data::remove);
    }
    assertThat(data).hasSize(1);
    dataPack = data.iterator().next();
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  /** What is sealed in place of a chunk. */
  @FunctionalInterface
  private interface Replacement {
    byte[] of(PackReader pack, PackReader.Listed listed) throws Exception;
  }

  /** Puts other chunks under the same identifiers at the same places; returns whether they fit. */
  private boolean replace(Hash256 name, Replacement replacement) throws Exception {
    Map<Hash256, byte[]> objects = backupFixture.store().objects();
    byte[] genuine = objects.get(name);
    byte[] device = HexFormat.of().parseHex(snapshot.deviceId());
    SealContext context = SealContext.of(backupFixture.key(), device);
    try (SecretBytes packKey = backupFixture.key().subkey(Subkey.PACK)) {
      PackReader pack = PackReader.open(packKey, context, genuine);
      PackWriter forged = new PackWriter(packKey, context, random);
      for (PackReader.Listed listed : pack.directory(genuine)) {
        byte[] other = replacement.of(pack, listed);
        PackEntry entry = forged.add(listed.chunkId(), other, 0, other.length);
        if (!entry.equals(listed.entry())) {
          return false;
        }
      }
      objects.put(name, forged.finish().object());
      return true;
    }
  }

  /** All files have other contents of the same length. */
  private void replaceData() throws Exception {
    Replacement noise =
        (_, listed) -> {
          int framed = listed.entry().sealedLength() - TAG_BYTES;
          byte[] other = new byte[framed - ChunkFrameEncoder.HEADER_BYTES];
          random.nextBytes(other);
          return other;
        };
    assertThat(replace(dataPack, noise)).isTrue();
  }

  /** The last file has another name. Which one compresses as well is tried. */
  private void replaceManifest() throws Exception {
    List<ManifestRef> refs;
    try (OpenedSnapshot opened = OpenedSnapshot.open(store, backupFixture.key(), snapshot)) {
      refs =
          Stream.of(opened.root().tree(), opened.root().packTable()).flatMap(List::stream).toList();
    }
    byte[] genuine = backupFixture.store().objects().get(manifestPack);
    char last = (char) ('a' + FILES - 1);
    boolean fits = false;
    for (char other = (char) (last + 1); !fits && other <= 'z'; other++) {
      char name = other;
      fits =
          replace(
              manifestPack,
              (pack, listed) -> {
                byte[] chunk = plain(pack, listed, genuine, refs);
                String text = new String(chunk, StandardCharsets.ISO_8859_1);
                return text.replace("file " + last, "file " + name)
                    .getBytes(StandardCharsets.ISO_8859_1);
              });
    }
    assertThat(fits).isTrue();
  }

  private byte[] plain(
      PackReader pack, PackReader.Listed listed, byte[] object, List<ManifestRef> refs)
      throws Exception {
    int length =
        refs.stream()
            .map(ManifestRef::ref)
            .filter(ref -> ref.chunkId().equals(listed.chunkId()))
            .findFirst()
            .orElseThrow()
            .length();
    PackBytes whole = new PackBytes(pack, object, 0, false);
    try (ChunkOpener opener = new ChunkOpener(backupFixture.key())) {
      return opener.open(whole, listed.entry(), listed.chunkId(), length);
    }
  }

  private RestoreResult restore(String selection) throws Exception {
    return restore(tree.path(selection));
  }

  private RestoreResult restore(RawPath selection) throws Exception {
    return new Restore(store, backupFixture.key())
        .run(
            new RestoreRequest(snapshot, selection, tree.path("target"), OverwriteMode.REFUSE),
            ProgressListener.NONE);
  }

  /** Commits a snapshot whose files a, b ... are the chunks of a pack. */
  private SnapshotView commit(StoredPack pack) throws Exception {
    return HostileSnapshot.commit(
        backupFixture,
        List.of(pack.pack()),
        out -> {
          out.enter(new ManifestRecord.Enter(new byte[0], META, false));
          for (int i = 0; i < pack.refs().size(); i++) {
            byte[] name = {(byte) ('a' + i)};
            out.file(new ManifestRecord.FileStart(name, META, 0, 1, 1));
            out.chunk(pack.refs().get(i));
            out.fileEnd(ManifestRecord.FileEnd.State.WHOLE);
          }
          out.leave();
          out.end();
        });
  }

  /** Stores other contents under these identifiers, in a pack of its own name. */
  private StoredPack storeOthersUnder(List<Hash256> ids) throws Exception {
    List<byte[]> others =
        ids.stream()
            .map(
                _ -> {
                  byte[] other = new byte[FILE_BYTES];
                  random.nextBytes(other);
                  return other;
                })
            .toList();
    return HostileSnapshot.store(backupFixture, 0, others, ids);
  }

  private List<Hash256> idsOfFiles() throws Exception {
    byte[] object = backupFixture.store().objects().get(dataPack);
    byte[] device = HexFormat.of().parseHex(snapshot.deviceId());
    try (SecretBytes packKey = backupFixture.key().subkey(Subkey.PACK)) {
      return PackReader.open(packKey, SealContext.of(backupFixture.key(), device), object)
          .directory(object)
          .stream()
          .map(PackReader.Listed::chunkId)
          .toList();
    }
  }

  private void assertNothingRestored() throws Exception {
    Path target = tree.place().resolve("target");
    if (Files.exists(target)) {
      try (Stream<Path> restored = Files.walk(target)) {
        assertThat(restored.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void a_restore_that_fetches_it_whole_refuses_it() throws Exception {
    replaceData();
    assertThat(restore("source").result()).isEqualTo(RunResult.CORRUPT);
    assertThat(store.gets()).containsKey(dataPack);
    assertNothingRestored();
  }

  @Test
  void a_restore_that_fetches_a_part_of_it_refuses_that() throws Exception {
    replaceData();
    assertThat(restore("source/file g").result()).isEqualTo(RunResult.CORRUPT);
    assertThat(store.ranges()).containsKey(dataPack);
    assertNothingRestored();
  }

  @Test
  void a_verification_names_it() throws Exception {
    replaceData();
    assertThat(verify().damages())
        .extracting(Damage::kind, Damage::pack)
        .contains(tuple(Damage.Kind.PACK_DAMAGED, dataPack.hex()));
  }

  private VerificationResult verify() throws Exception {
    VerificationResult result =
        verification().run(List.of(snapshot), PackSample.ALL, ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.CORRUPT);
    return result;
  }

  private Verification verification() {
    return new Verification(store, Map.of(1L, backupFixture.key()), new Random(7));
  }

  /** HK1-S-16: what a pack that another snapshot names is called says nothing about this one. */
  @Test
  void what_stands_in_for_it_is_refused_although_another_snapshot_names_its_pack()
      throws Exception {
    StoredPack others = storeOthersUnder(idsOfFiles());
    commit(others);
    backupFixture.store().objects().remove(dataPack);
    assertThat(restore("source").result()).isEqualTo(RunResult.CORRUPT);
    assertThat(store.gets()).containsKey(others.pack());
    assertNothingRestored();
  }

  /**
   * Nobody has replaced anything: a device whose memory failed has sealed other bytes than those
   * that it had read, and has named the pack itself. Read whole, it is what the device sent.
   */
  @Test
  void of_a_pack_with_its_name_identifiers_are_computed_by_a_deep_verification_alone()
      throws Exception {
    StoredPack others = storeOthersUnder(idsOfFiles());
    snapshot = commit(others);
    backupFixture.store().objects().remove(dataPack);
    assertThat(
            verification().run(List.of(snapshot), PackSample.ALL, ProgressListener.NONE).result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(
            verification()
                .deeply()
                .run(List.of(snapshot), PackSample.ALL, ProgressListener.NONE)
                .damages())
        .extracting(Damage::kind, Damage::pack)
        .containsExactly(tuple(Damage.Kind.PACK_DAMAGED, others.pack().hex()));
    assertThat(restore(RawPath.ROOT).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(store.ranges()).doesNotContainKey(others.pack());
  }

  @Test
  void a_part_of_such_a_pack_is_refused_and_the_whole_does_not_make_it_good() throws Exception {
    StoredPack others = storeOthersUnder(idsOfFiles());
    snapshot = commit(others);
    backupFixture.store().objects().remove(dataPack);
    assertThat(restore(RawPath.ROOT.child(new byte[] {'g'})).result()).isEqualTo(RunResult.CORRUPT);
    assertThat(store.ranges()).containsKey(others.pack());
    assertThat(store.gets()).containsKey(others.pack());
    assertNothingRestored();
  }

  @Test
  void whatever_reads_the_manifest_refuses_a_pack_of_it() throws Exception {
    replaceManifest();
    assertThatThrownBy(
            () ->
                new SnapshotListing(store, backupFixture.key())
                    .list(snapshot, RawPath.ROOT, _ -> true))
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.CORRUPT));
    assertThat(verify().damages()).isNotEmpty();
    assertThat(restore("source").result()).isEqualTo(RunResult.CORRUPT);
    assertNothingRestored();
    backupFixture.backUp(tree.path("source"));
    assertThat(backupFixture.warnings())
        .extracting(ProgressListener.Warning::kind)
        .contains(ProgressListener.WarningKind.PREVIOUS_UNREADABLE);
  }
}
