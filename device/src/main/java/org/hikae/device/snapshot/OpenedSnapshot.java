package org.hikae.device.snapshot;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose root was opened ({@link OpenedSnapshotRoot}): what is read through this object
 * is what its device sealed there. Chunks whose packs are damaged come from other snapshots of the
 * series that have them ({@link ChunkSubstitutes}), unless it was opened strictly.
 */
public final class OpenedSnapshot implements AutoCloseable {

  private final SealContext context;
  private final RootContent root;
  private final Table table;
  private final ChunkSource chunks;
  private final @Nullable ChunkSubstitutes chunkSubstitutes;
  private final Set<Hash256> objects;
  private final boolean listed;

  private OpenedSnapshot(
      SealContext context,
      RootContent root,
      Table table,
      ChunkSource chunks,
      @Nullable ChunkSubstitutes chunkSubstitutes,
      Set<Hash256> objects,
      boolean listed) {
    this.context = context;
    this.root = root;
    this.table = table;
    this.chunks = chunks;
    this.chunkSubstitutes = chunkSubstitutes;
    this.objects = objects;
    this.listed = listed;
  }

  /**
   * The pack table.
   *
   * @param whole false when chunks of it are lost, and with them names of packs
   */
  private record Table(PackTable packs, boolean whole) {}

  /**
   * Opens a snapshot. Of a damaged pack table those names are missing that were in the damaged
   * chunks (spec HK1-M-02): {@link #isTableWhole}. It does without an object list that cannot be
   * had: {@link #isListed}.
   *
   * @throws DamagedDataException when the root is missing or damaged, or belongs elsewhere
   * @throws BackupStoreException when the store fails, or withholds the root (result CORRUPT)
   */
  public static OpenedSnapshot open(BackupStore store, BackupKey key, SnapshotView view)
      throws DamagedDataException, BackupStoreException {
    return open(store, SealedObjectCache.NONE, key, view);
  }

  /** The same, taking what is at hand from {@code copies}. */
  public static OpenedSnapshot open(
      BackupStore store, SealedObjectCache copies, BackupKey key, SnapshotView view)
      throws DamagedDataException, BackupStoreException {
    OpenedSnapshotRoot opened;
    try {
      opened = OpenedSnapshotRoot.openToRead(store, copies, key, view);
    } catch (WithheldObjectException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
    return open(store, copies, key, opened, new ChunkSubstitutes(store, key, view, opened));
  }

  /**
   * The same with what the snapshot itself lists and nothing else: for whoever goes on to refer to
   * it. A damaged pack table is refused, too.
   */
  public static OpenedSnapshot openStrictly(
      BackupStore store, SealedObjectCache copies, BackupKey key, SnapshotView view)
      throws DamagedDataException, BackupStoreException {
    return open(store, copies, key, OpenedSnapshotRoot.open(store, copies, key, view), null);
  }

  /** The same with an object list that the store has given already, and that is checked here. */
  public static OpenedSnapshot openStrictly(
      BackupStore store,
      SealedObjectCache copies,
      BackupKey key,
      SnapshotView view,
      List<Hash256> listed)
      throws DamagedDataException, BackupStoreException {
    OpenedSnapshotRoot opened = OpenedSnapshotRoot.open(store, copies, key, view, () -> listed);
    return open(store, copies, key, opened, null);
  }

  private static OpenedSnapshot open(
      BackupStore store,
      SealedObjectCache copies,
      BackupKey key,
      OpenedSnapshotRoot opened,
      @Nullable ChunkSubstitutes chunkSubstitutes)
      throws DamagedDataException, BackupStoreException {
    ChunkSource chunks = source(store, copies, key, opened.context(), chunkSubstitutes);
    try {
      Table table = table(chunks, opened, chunkSubstitutes);
      Set<Hash256> objects = new HashSet<>(opened.objects());
      return new OpenedSnapshot(
          opened.context(),
          opened.content(),
          table,
          chunks,
          chunkSubstitutes,
          objects,
          opened.listed());
    } catch (DamagedDataException | BackupStoreException e) {
      close(chunks, chunkSubstitutes);
      throw e;
    }
  }

  private static void close(ChunkSource chunks, @Nullable ChunkSubstitutes chunkSubstitutes) {
    chunks.close();
    if (chunkSubstitutes != null) {
      chunkSubstitutes.close();
    }
  }

  /** The same snapshot, read strictly, for another thread; closed on its own. */
  public OpenedSnapshot another(BackupStore store, SealedObjectCache copies, BackupKey key) {
    ChunkSource own = source(store, copies, key, context, null);
    return new OpenedSnapshot(context, root, table, own, null, objects, listed);
  }

  private static ChunkSource source(
      BackupStore store,
      SealedObjectCache copies,
      BackupKey key,
      SealContext context,
      @Nullable ChunkSubstitutes chunkSubstitutes) {
    return new ChunkSource(
        store, copies, key, context, ChunkSource.PackNaming.BY_THE_SNAPSHOT, chunkSubstitutes);
  }

  private static Table table(
      ChunkSource chunks, OpenedSnapshotRoot opened, @Nullable ChunkSubstitutes chunkSubstitutes)
      throws DamagedDataException, BackupStoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitSet lost = new BitSet();
    for (ManifestRef each : opened.content().packTable()) {
      int from = out.size();
      int length = each.ref().length();
      if ((long) from + length > (long) PackTable.MAX_PACKS * Hk1Constants.HASH_BYTES) {
        throw new DamagedDataException("The pack table is too long.");
      }
      try {
        out.writeBytes(chunks.chunk(each.pack(), each.ref()));
      } catch (DamagedDataException e) {
        if (chunkSubstitutes == null) {
          throw e;
        }
        out.writeBytes(new byte[length]);
        // A name of which a byte is lost is lost.
        lost.set(
            from / Hk1Constants.HASH_BYTES, Math.ceilDiv(from + length, Hk1Constants.HASH_BYTES));
      }
    }
    PackTable packs = PackTable.decode(out.toByteArray(), lost);
    if (chunkSubstitutes != null && (!lost.isEmpty() || !opened.listed())) {
      Set<Hash256> named = packs.names();
      named.addAll(opened.content().manifestPacks());
      chunkSubstitutes.knownBy(named);
    }
    return new Table(packs, lost.isEmpty());
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
    return table.packs();
  }

  /** Whether no name of a pack is lost. */
  public boolean isTableWhole() {
    return table.whole();
  }

  /** Whether the store has said which packs it keeps for this snapshot. */
  public boolean isListed() {
    return listed;
  }

  /** {@code look} may end a search for chunks of lost packs by an exception. */
  public void searchesWith(Runnable look) {
    if (chunkSubstitutes != null) {
      chunkSubstitutes.searchesWith(look);
    }
  }

  /** The packs that the store keeps for this snapshot; none when it does not say. */
  public Set<Hash256> objects() {
    return objects;
  }

  /** Reads the manifest from its start. */
  public ManifestReader<BackupStoreException> tree() {
    ManifestStream stream = new ManifestStream(chunks, root.tree());
    return new ManifestReader<>(stream::read);
  }

  /** The plain bytes of a chunk of the manifest, from elsewhere where its pack is damaged. */
  public byte[] manifestChunk(ManifestRef each) throws DamagedDataException, BackupStoreException {
    return chunks.chunk(each.pack(), each.ref());
  }

  /**
   * The plain bytes of a chunk of a file from elsewhere, for one whose pack is damaged here, or has
   * lost its name.
   */
  public Optional<byte[]> standIn(ChunkRef ref) throws BackupStoreException {
    return chunkSubstitutes == null
        ? Optional.empty()
        : chunkSubstitutes.chunk(packs().find(ref.pack()).orElse(null), ref);
  }

  /** Damaged packs that something stood in for, each with the snapshot that had it. */
  public Map<Hash256, String> stoodInFor() {
    return chunkSubstitutes == null
        ? Map.of()
        : Collections.unmodifiableMap(chunkSubstitutes.used());
  }

  /**
   * Sealed bytes of root, pack table and manifest that came from the store, and of what stood in.
   */
  public long bytesReceived() {
    return chunks.bytesReceived()
        + (chunkSubstitutes == null ? 0 : chunkSubstitutes.bytesReceived());
  }

  @Override
  public void close() {
    close(chunks, chunkSubstitutes);
  }
}
