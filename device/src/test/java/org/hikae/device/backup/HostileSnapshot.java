package org.hikae.device.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeWriter;
import org.hikae.device.sealing.ChunkIds;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.ObjectList;

/** Commits a manifest of any records, rightly sealed, as only a holder of K can. */
public final class HostileSnapshot {

  private HostileSnapshot() {}

  /** Writes the records. */
  @FunctionalInterface
  public interface Tree {
    /** Writes a whole manifest, or what is to be taken for one. */
    void write(TreeWriter<RuntimeException> out) throws IOException;
  }

  /** Commits it as the next snapshot of the bench's series. */
  public static SnapshotView commit(Bench bench, Tree tree) throws Exception {
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    tree.write(new TreeWriter<>(manifest::writeBytes));
    SecureRandom random = new SecureRandom();
    SealContext context = SealContext.of(bench.key(), Bench.DEVICE);
    InMemoryStore store = bench.store();
    byte[] table = new PackTable().encodeUsed();
    try (SecretBytes packKey = bench.key().subkey(Subkey.PACK);
        SecretBytes manifestKey = bench.key().subkey(Subkey.MANIFEST)) {
      PackWriter pack = new PackWriter(packKey, context, random);
      byte[] bytes = manifest.toByteArray();
      ChunkIds ids = ChunkSink.chunkIds(bench.key());
      Hash256 id = ids.of(bytes, 0, bytes.length);
      PackEntry entry = pack.add(id, bytes, 0, bytes.length);
      PackWriter.SealedPack sealed = pack.finish();
      store.put(sealed.name(), sealed.object());
      Set<Hash256> list = Set.of(sealed.name());
      ManifestRef ref = new ManifestRef(sealed.name(), new ChunkRef(0, entry, bytes.length, id));
      RootContent content =
          new RootContent(0, 1, 1, ObjectList.hash(list), List.of(), List.of(ref));
      List<SnapshotView> before = store.committed();
      long sequence = before.size() + 1L;
      Hash256 previous =
          before.isEmpty() ? Hash256.ZERO : Hash256.parse(before.getLast().stubHash());
      SealedRoot.Place place = new SealedRoot.Place(context, sequence, previous);
      byte[] root = SealedRoot.seal(manifestKey, place, content.encode(), random);
      store.put(Hash256.sha256(root), root);
      assert table.length == 0;
      List<String> removed =
          before.isEmpty()
              ? List.of()
              : store.objects(before.getLast().snapshotId()).stream().map(Hash256::hex).toList();
      return store.commit(
          new CommitSnapshot(
              Ids.hex(Bench.SET),
              1,
              sequence,
              previous.hex(),
              Hash256.sha256(root).hex(),
              ObjectList.hash(list).hex(),
              List.of(sealed.name().hex()),
              removed,
              1,
              1));
    }
  }
}
