package org.hikae.device.cli.snapshots;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.Signer;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupRequest;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.SnapshotFormat;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * What somebody with K can make who has not the key of the device whose series it is: a snapshot of
 * the tree as it stands, with all its times and numbers, in which one file has other contents.
 */
final class ForgedSnapshot {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InMemoryBackupStore victim;
  private final BackupKey key;
  private final SnapshotView last;
  private final SealContext context;

  private ForgedSnapshot(InMemoryBackupStore victim, BackupKey key) throws Exception {
    this.victim = victim;
    this.key = key;
    this.last = victim.committed().getLast();
    this.context = SealContext.of(key, TextCodec.parseId("device", last.deviceId()));
  }

  /** Commits it behind the newest one, in the first form, which nobody signs. */
  static SnapshotView behind(InMemoryBackupStore victim, BackupKey key, Path tree, String letter)
      throws Exception {
    return new ForgedSnapshot(victim, key).commit(tree, letter, null);
  }

  /** The same, signed by a key that is not the device's. */
  static SnapshotView signedBy(
      Signer thief, InMemoryBackupStore victim, BackupKey key, Path tree, String letter)
      throws Exception {
    return new ForgedSnapshot(victim, key).commit(tree, letter, thief);
  }

  private SnapshotView commit(Path tree, String letter, @Nullable Signer thief) throws Exception {
    InMemoryBackupStore own = new InMemoryBackupStore(context.deviceId());
    Backup engine = new Backup(own, key, context.deviceId(), null, Clock.systemUTC(), RANDOM);
    RawPath path = RawPath.of(tree.toString().getBytes(StandardCharsets.UTF_8));
    SnapshotView made =
        engine
            .run(
                new BackupRequest(List.of(path), ExcludeRules.NONE, false, null),
                ProgressListener.NONE)
            .snapshot();
    Hash256 previous = Hash256.parse(last.stubHash());
    SealedRoot.SeriesPlace place =
        new SealedRoot.SeriesPlace(context, last.sequence() + 1, previous);
    try (OpenedSnapshot genuine = OpenedSnapshot.open(own, key, made);
        SecretBytes packKey = key.subkey(Subkey.PACK);
        SecretBytes manifestKey = key.subkey(Subkey.MANIFEST)) {
      PackWriter data = new PackWriter(packKey, context, RANDOM);
      ChunkRef forged = add(data, 1, letter.getBytes(StandardCharsets.UTF_8));
      PackWriter.SealedPack sealedData = data.finish();
      PackTable table = new PackTable();
      List<Hash256> packs = List.of(genuine.packs().name(0), sealedData.name());
      for (Hash256 each : packs) {
        int number = table.allocate();
        table.assign(number, each);
        table.use(number);
      }
      PackWriter tables = new PackWriter(packKey, context, RANDOM);
      ChunkRef tableRef = add(tables, 0, table.encodeUsed());
      ChunkRef treeRef = add(tables, 0, manifest(genuine, forged));
      PackWriter.SealedPack sealedTables = tables.finish();
      Set<Hash256> list = new TreeSet<>(packs);
      list.add(sealedTables.name());
      RootContent content =
          new RootContent(
              genuine.root().startedSeconds() + 3600,
              genuine.root().files(),
              genuine.root().plainBytes(),
              ObjectList.hash(list),
              List.of(new ManifestRef(sealedTables.name(), tableRef)),
              List.of(new ManifestRef(sealedTables.name(), treeRef)),
              thief == null ? SnapshotFormat.FIRST : SnapshotFormat.SIGNED);
      victim.objects().putAll(own.objects());
      for (PackWriter.SealedPack each : List.of(sealedData, sealedTables)) {
        victim.put(each.name(), each.object());
      }
      byte[] bytes = thief == null ? content.encode() : signed(content, place, thief);
      byte[] root = SealedRoot.seal(manifestKey, place, bytes, RANDOM);
      victim.put(Hash256.sha256(root), root);
      return victim.commit(request(place, Hash256.sha256(root), list, content));
    }
  }

  /** As if it were the thief's own series: nobody signs for another one. */
  private static byte[] signed(RootContent content, SealedRoot.SeriesPlace place, Signer thief) {
    byte[] device = TextCodec.deviceId(thief.publicKey().encode());
    SealContext series =
        new SealContext(place.context().setId(), place.context().generation(), device);
    return content.encode(
        new SealedRoot.SeriesPlace(series, place.sequence(), place.previous()), thief);
  }

  private ChunkRef add(PackWriter pack, int number, byte[] bytes) {
    try (SecretBytes chunkId = key.subkey(Subkey.CHUNK_ID)) {
      Hash256 id = new ChunkIdHasher(chunkId).of(bytes, 0, bytes.length);
      return new ChunkRef(number, pack.add(id, bytes, 0, bytes.length), bytes.length, id);
    }
  }

  private static byte[] manifest(OpenedSnapshot genuine, ChunkRef forged) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestWriter<RuntimeException> writer = new ManifestWriter<>(out::writeBytes);
    byte[] name = "letter.txt".getBytes(StandardCharsets.US_ASCII);
    ManifestReader<?> tree = genuine.tree();
    boolean letter = false;
    ManifestRecord record;
    do {
      record = tree.next();
      letter =
          record instanceof ManifestRecord.FileStart start
              ? Arrays.equals(start.name(), name)
              : letter && !(record instanceof ManifestRecord.FileEnd);
      writer.write(
          letter && record instanceof ManifestRecord.Data
              ? new ManifestRecord.Data(List.of(forged))
              : record);
    } while (!(record instanceof ManifestRecord.End));
    return out.toByteArray();
  }

  private CommitSnapshot request(
      SealedRoot.SeriesPlace place, Hash256 root, Set<Hash256> list, RootContent content)
      throws Exception {
    Set<Hash256> before = new TreeSet<>(victim.objects(last.snapshotId()));
    return new CommitSnapshot(
        last.setId(),
        last.generation(),
        place.sequence(),
        place.previous().hex(),
        root.hex(),
        content.listHash().hex(),
        without(list, before),
        without(before, list),
        content.files(),
        content.plainBytes());
  }

  private static List<String> without(Set<Hash256> names, Set<Hash256> others) {
    return names.stream().filter(name -> !others.contains(name)).map(Hash256::hex).toList();
  }
}
