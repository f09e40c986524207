package org.hikae.device.backup;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose root was opened ({@link OpenRoot}): what is read through this object is what its
 * device sealed there. Chunks whose packs are damaged come from other snapshots of the series that
 * have them ({@link StandIns}), unless it was opened strictly.
 */
public final class OpenSnapshot implements AutoCloseable {

  private final SealContext context;
  private final RootContent root;
  private final PackTable packs;
  private final ChunkSource chunks;
  private final @Nullable StandIns standIns;
  private final Set<Hash256> objects;

  private OpenSnapshot(
      SealContext context,
      RootContent root,
      PackTable packs,
      ChunkSource chunks,
      @Nullable StandIns standIns,
      Set<Hash256> objects) {
    this.context = context;
    this.root = root;
    this.packs = packs;
    this.chunks = chunks;
    this.standIns = standIns;
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
    return open(store, copies, key, opened, new StandIns(store, key, view, opened));
  }

  /**
   * The same with what the snapshot itself lists and nothing else: for whoever goes on to refer to
   * it.
   */
  static OpenSnapshot openStrictly(
      SnapshotStore store, PackCopies copies, BackupKey key, SnapshotView view)
      throws DamagedException, StoreException {
    return open(store, copies, key, OpenRoot.open(store, copies, key, view), null);
  }

  private static OpenSnapshot open(
      SnapshotStore store,
      PackCopies copies,
      BackupKey key,
      OpenRoot opened,
      @Nullable StandIns standIns)
      throws DamagedException, StoreException {
    ChunkSource chunks = new ChunkSource(store, copies, key, opened.context(), standIns);
    try {
      PackTable packs = PackTable.decode(readAll(chunks, opened.content().packTable()));
      Set<Hash256> objects = new HashSet<>(opened.objects());
      return new OpenSnapshot(opened.context(), opened.content(), packs, chunks, standIns, objects);
    } catch (DamagedException | StoreException e) {
      close(chunks, standIns);
      throw e;
    }
  }

  private static void close(ChunkSource chunks, @Nullable StandIns standIns) {
    chunks.close();
    if (standIns != null) {
      standIns.close();
    }
  }

  /** The same snapshot, read strictly, for another thread; closed on its own. */
  OpenSnapshot another(SnapshotStore store, PackCopies copies, BackupKey key) {
    ChunkSource own = new ChunkSource(store, copies, key, context, null);
    return new OpenSnapshot(context, root, packs, own, null, objects);
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

  /**
   * The plain bytes of a chunk of a file from another snapshot of the series, for one whose pack is
   * damaged here.
   */
  public Optional<byte[]> standIn(ChunkRef ref) throws StoreException {
    if (standIns == null) {
      return Optional.empty();
    }
    Hash256 pack;
    try {
      pack = packs.name(ref.pack());
    } catch (DamagedException e) {
      return Optional.empty();
    }
    return standIns.chunk(pack, ref);
  }

  /** Damaged packs that something stood in for, each with the snapshot that had it. */
  public Map<Hash256, String> stoodInFor() {
    return standIns == null ? Map.of() : Collections.unmodifiableMap(standIns.used());
  }

  /**
   * Sealed bytes of root, pack table and manifest that came from the store, and of what stood in.
   */
  public long bytesReceived() {
    return chunks.bytesReceived() + (standIns == null ? 0 : standIns.bytesReceived());
  }

  @Override
  public void close() {
    close(chunks, standIns);
  }
}
