package org.hikae.device.backup;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;

/**
 * A snapshot whose root was opened ({@link OpenRoot}): what is read through this object is what its
 * device sealed there.
 */
public final class OpenSnapshot implements AutoCloseable {

  private final SealContext context;
  private final RootContent root;
  private final PackTable packs;
  private final ChunkSource chunks;
  private final Set<Hash256> objects;

  private OpenSnapshot(
      SealContext context,
      RootContent root,
      PackTable packs,
      ChunkSource chunks,
      Set<Hash256> objects) {
    this.context = context;
    this.root = root;
    this.packs = packs;
    this.chunks = chunks;
    this.objects = objects;
  }

  /**
   * Opens a snapshot.
   *
   * @throws DamagedException when root, object list or pack table are missing or damaged, or belong
   *     elsewhere
   */
  public static OpenSnapshot open(SnapshotStore store, BackupKey key, SnapshotView view)
      throws DamagedException, StoreException {
    return open(store, PackCopies.NONE, key, view);
  }

  /** The same, taking what is at hand from {@code copies}. */
  public static OpenSnapshot open(
      SnapshotStore store, PackCopies copies, BackupKey key, SnapshotView view)
      throws DamagedException, StoreException {
    OpenRoot opened = OpenRoot.open(store, copies, key, view);
    ChunkSource chunks = new ChunkSource(store, copies, key, opened.context());
    try {
      PackTable packs = PackTable.decode(readAll(chunks, opened.content().packTable()));
      Set<Hash256> objects = new HashSet<>(opened.objects());
      return new OpenSnapshot(opened.context(), opened.content(), packs, chunks, objects);
    } catch (DamagedException | StoreException e) {
      chunks.close();
      throw e;
    }
  }

  /** The same snapshot for another thread; closed on its own. */
  OpenSnapshot another(SnapshotStore store, PackCopies copies, BackupKey key) {
    ChunkSource own = new ChunkSource(store, copies, key, context);
    return new OpenSnapshot(context, root, packs, own, objects);
  }

  private static byte[] readAll(ChunkSource chunks, List<ManifestRef> refs)
      throws DamagedException, StoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ManifestRef each : refs) {
      if ((long) out.size() + each.ref().length() > (long) PackTable.MAX_PACKS * Hk1.HASH_BYTES) {
        throw new DamagedException("The pack table is too long.");
      }
      out.writeBytes(chunks.chunk(each.pack(), each.ref()));
    }
    return out.toByteArray();
  }

  /** The series it belongs to. */
  public SealContext context() {
    return context;
  }

  /** The opened root. */
  public RootContent root() {
    return root;
  }

  /** Numbers of packs. */
  public PackTable packs() {
    return packs;
  }

  /** The packs that the store keeps for this snapshot. */
  public Set<Hash256> objects() {
    return objects;
  }

  /** Reads the manifest from its start. */
  public TreeReader<StoreException> tree() {
    ManifestStream stream = new ManifestStream(chunks, root.tree());
    return new TreeReader<>(stream::read);
  }

  /** Sealed bytes of root, pack table and manifest that came from the store. */
  public long bytesReceived() {
    return chunks.bytesReceived();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
