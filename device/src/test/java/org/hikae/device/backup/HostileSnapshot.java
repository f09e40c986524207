package org.hikae.device.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.pack.ChunkSink;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** Commits a manifest of any records, rightly sealed, as only a holder of K can. */
public final class HostileSnapshot {

  private static final SecureRandom RANDOM = new SecureRandom();

  private HostileSnapshot() {}

  /** Writes the records. */
  @FunctionalInterface
  public interface RecordWriter {
    /** Writes a whole manifest, or what is to be taken for one. */
    void write(ManifestWriter<RuntimeException> out) throws IOException;
  }

  /** Commits it as the next snapshot of the bench's series. */
  public static SnapshotView commit(BackupFixture backupFixture, RecordWriter recordWriter)
      throws Exception {
    return commit(backupFixture, List.of(), recordWriter);
  }

  /** The same, but the object list does not name the pack that the manifest is in. */
  public static SnapshotView commitUnlisted(BackupFixture backupFixture, RecordWriter recordWriter)
      throws Exception {
    return commit(backupFixture, List.of(), recordWriter, false);
  }

  /** The same with these packs in its table, so that references may point into them. */
  public static SnapshotView commit(
      BackupFixture backupFixture, List<Hash256> packs, RecordWriter recordWriter)
      throws Exception {
    return commit(backupFixture, packs, recordWriter, true);
  }

  /** The same with chunks of so many bytes of the table, each in a pack of its own. */
  public static SnapshotView commitWithTableIn(
      BackupFixture backupFixture, int chunkBytes, List<Hash256> packs, RecordWriter recordWriter)
      throws Exception {
    byte[] table = table(packs).encodeUsed();
    List<ManifestRef> parts = new ArrayList<>();
    for (int at = 0; at < table.length; at += chunkBytes) {
      byte[] part = Arrays.copyOfRange(table, at, Math.min(at + chunkBytes, table.length));
      Hash256 id = ChunkSink.chunkIds(backupFixture.key()).of(part, 0, part.length);
      StoredPack stored = store(backupFixture, part, id);
      parts.add(new ManifestRef(stored.pack(), stored.ref()));
    }
    return commit(backupFixture, packs, parts, recordWriter, true);
  }

  private static PackTable table(List<Hash256> packs) {
    PackTable table = new PackTable();
    for (Hash256 each : packs) {
      int number = table.allocate();
      table.assign(number, each);
      table.use(number);
    }
    return table;
  }

  private static SnapshotView commit(
      BackupFixture backupFixture, List<Hash256> packs, RecordWriter recordWriter, boolean listed)
      throws Exception {
    return commit(backupFixture, packs, null, recordWriter, listed);
  }

  private static SnapshotView commit(
      BackupFixture backupFixture,
      List<Hash256> packs,
      @Nullable List<ManifestRef> parts,
      RecordWriter recordWriter,
      boolean listed)
      throws Exception {
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    recordWriter.write(new ManifestWriter<>(manifest::writeBytes));
    SealContext context = SealContext.of(backupFixture.key(), BackupFixture.DEVICE);
    try (SecretBytes packKey = backupFixture.key().subkey(Subkey.PACK)) {
      PackWriter pack = new PackWriter(packKey, context, RANDOM);
      List<ChunkRef> tables =
          packs.isEmpty() || parts != null
              ? List.of()
              : List.of(add(backupFixture, pack, table(packs).encodeUsed()));
      ChunkRef contents = add(backupFixture, pack, manifest.toByteArray());
      PackWriter.SealedPack sealed = pack.finish();
      backupFixture.store().put(sealed.name(), sealed.object());
      Set<Hash256> list = new TreeSet<>(packs);
      if (listed) {
        list.add(sealed.name());
      }
      if (parts != null) {
        parts.forEach(part -> list.add(part.pack()));
      }
      RootContent content =
          new RootContent(
              0,
              1,
              1,
              ObjectList.hash(list),
              parts != null
                  ? parts
                  : tables.stream().map(ref -> new ManifestRef(sealed.name(), ref)).toList(),
              List.of(new ManifestRef(sealed.name(), contents)));
      return commit(backupFixture, context, list, content);
    }
  }

  private static ChunkRef add(BackupFixture backupFixture, PackWriter pack, byte[] bytes) {
    Hash256 id = ChunkSink.chunkIds(backupFixture.key()).of(bytes, 0, bytes.length);
    return new ChunkRef(0, pack.add(id, bytes, 0, bytes.length), bytes.length, id);
  }

  private static SnapshotView commit(
      BackupFixture backupFixture, SealContext context, Set<Hash256> list, RootContent content)
      throws Exception {
    InMemoryBackupStore store = backupFixture.store();
    List<SnapshotView> before = store.committed();
    long sequence = before.size() + 1L;
    Hash256 previous = before.isEmpty() ? Hash256.ZERO : Hash256.parse(before.getLast().stubHash());
    SealedRoot.SeriesPlace place = new SealedRoot.SeriesPlace(context, sequence, previous);
    byte[] root;
    try (SecretBytes manifestKey = backupFixture.key().subkey(Subkey.MANIFEST)) {
      root = SealedRoot.seal(manifestKey, place, content.encode(), RANDOM);
    }
    store.put(Hash256.sha256(root), root);
    Set<Hash256> last =
        before.isEmpty() ? Set.of() : new TreeSet<>(store.objects(before.getLast().snapshotId()));
    return store.commit(
        new CommitSnapshot(
            TextCodec.hex(BackupFixture.SET),
            1,
            sequence,
            previous.hex(),
            Hash256.sha256(root).hex(),
            ObjectList.hash(list).hex(),
            without(list, last),
            without(last, list),
            1,
            1));
  }

  private static List<String> without(Set<Hash256> names, Set<Hash256> others) {
    return names.stream().filter(name -> !others.contains(name)).map(Hash256::hex).toList();
  }

  /** Stores a pack with one entry, whose directory may name another chunk than it is. */
  public static StoredPack store(BackupFixture backupFixture, byte[] chunk, Hash256 named)
      throws Exception {
    return store(backupFixture, 0, List.of(chunk), List.of(named));
  }

  /** Stores a pack of these chunks under these names; {@code number} is its place in the table. */
  public static StoredPack store(
      BackupFixture backupFixture, int number, List<byte[]> chunks, List<Hash256> names)
      throws Exception {
    try (SecretBytes packKey = backupFixture.key().subkey(Subkey.PACK)) {
      SealContext context = SealContext.of(backupFixture.key(), BackupFixture.DEVICE);
      PackWriter pack = new PackWriter(packKey, context, RANDOM);
      List<ChunkRef> refs = new ArrayList<>();
      for (int i = 0; i < chunks.size(); i++) {
        byte[] chunk = chunks.get(i);
        PackEntry entry = pack.add(names.get(i), chunk, 0, chunk.length);
        refs.add(new ChunkRef(number, entry, chunk.length, names.get(i)));
      }
      PackWriter.SealedPack sealed = pack.finish();
      backupFixture.store().put(sealed.name(), sealed.object());
      return new StoredPack(sealed.name(), refs);
    }
  }

  /** A pack, and references to its entries. */
  public record StoredPack(Hash256 pack, List<ChunkRef> refs) {

    /** The reference to its first entry. */
    public ChunkRef ref() {
      return refs.getFirst();
    }
  }
}
