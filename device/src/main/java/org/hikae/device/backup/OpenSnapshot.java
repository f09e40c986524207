package org.hikae.device.backup;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;

/**
 * A snapshot whose root was opened. The root opens only for the set, generation, device, sequence
 * and predecessor that the store claims, and the store's object list must have the hash in the root
 * (spec HK1-S-03, HK1-S-06): what is read through this object is what its device sealed there.
 */
public final class OpenSnapshot implements AutoCloseable {

  private final RootContent root;
  private final PackTable packs;
  private final ChunkSource chunks;
  private final Set<Hash256> objects;

  private OpenSnapshot(
      RootContent root, PackTable packs, ChunkSource chunks, Set<Hash256> objects) {
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
    return open(store, new ObjectCache(null), key, view);
  }

  static OpenSnapshot open(SnapshotStore store, ObjectCache cache, BackupKey key, SnapshotView view)
      throws DamagedException, StoreException {
    SnapshotStub stub = stub(view);
    if (Arrays.compare(stub.setId(), key.setId()) != 0 || stub.generation() != key.generation()) {
      throw new DamagedException("The snapshot belongs to another set or generation of K.");
    }
    SealContext context = new SealContext(stub.setId(), stub.generation(), stub.deviceId());
    RootContent root = readRoot(store, cache, key, stub, context);
    List<Hash256> listed = store.objects(view.snapshotId());
    if (!ObjectList.hash(listed).equals(root.listHash())
        || !root.listHash().equals(stub.listHash())) {
      throw new DamagedException(
          "The object list of the snapshot is not the one it was made with.");
    }
    ChunkSource chunks = new ChunkSource(store, cache, key, context);
    try {
      PackTable packs = PackTable.decode(readAll(chunks, root.packTable()));
      return new OpenSnapshot(root, packs, chunks, new HashSet<>(listed));
    } catch (DamagedException | StoreException e) {
      chunks.close();
      throw e;
    }
  }

  /** Reads the stub out of a view and checks that its hash is the one shown. */
  static SnapshotStub stub(SnapshotView view) throws DamagedException {
    try {
      SnapshotStub stub =
          new SnapshotStub(
              Ids.parseId("setId", view.setId()),
              Ids.parseId("deviceId", view.deviceId()),
              view.generation(),
              view.sequence(),
              Hash256.parse(view.previous()),
              Hash256.parse(view.root()),
              Hash256.parse(view.listHash()));
      boolean same =
          stub.hash().equals(Hash256.parse(view.stubHash()))
              && view.stubHash().startsWith(view.snapshotId());
      if (!same) {
        throw new DamagedException("The snapshot's description does not fit its hash.");
      }
      return stub;
    } catch (MalformedException | IllegalArgumentException e) {
      throw new DamagedException("The snapshot's description is malformed.");
    }
  }

  private static RootContent readRoot(
      SnapshotStore store, ObjectCache cache, BackupKey key, SnapshotStub stub, SealContext context)
      throws DamagedException, StoreException {
    byte[] object;
    try {
      byte[] cached = cache.get(stub.root()).orElse(null);
      object = cached != null ? cached : store.get(stub.root());
    } catch (MissingObjectException e) {
      throw new DamagedException("The snapshot's root is missing from the store.");
    }
    SealedRoot.Place place = new SealedRoot.Place(context, stub.sequence(), stub.previous());
    try (SecretBytes manifestKey = key.subkey(Subkey.MANIFEST)) {
      return RootContent.decode(SealedRoot.open(manifestKey, place, object));
    }
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

  /** The opened root. */
  public RootContent root() {
    return root;
  }

  /** Numbers of packs. */
  PackTable packs() {
    return packs;
  }

  /** The packs that the store keeps for this snapshot. */
  Set<Hash256> objects() {
    return objects;
  }

  /** Reads the manifest from its start. */
  public TreeReader<StoreException> tree() {
    ManifestStream stream = new ManifestStream(chunks, root.tree());
    return new TreeReader<>(stream::read);
  }

  /** The plain bytes of a part of a file. */
  public byte[] chunk(ChunkRef ref) throws DamagedException, StoreException {
    return chunks.chunk(packs.name(ref.pack()), ref);
  }

  /** Sealed bytes that came from the store. */
  public long bytesReceived() {
    return chunks.bytesReceived();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
