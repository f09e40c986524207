package org.hikae.device.snapshot;

import java.util.Arrays;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.StubParser;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;

/**
 * The root of a snapshot and the list of its packs. The root opens only for the set, generation,
 * device, sequence and predecessor that the store claims, and the store's object list must have the
 * hash in the root (spec HK1-S-03, HK1-S-06).
 *
 * @param context the series it belongs to
 * @param content the opened root
 * @param objects names of the packs that the store keeps for this snapshot, ascending
 * @param listed whether the store has said so; else there are none
 */
public record OpenedSnapshotRoot(
    SealContext context, RootContent content, List<Hash256> objects, boolean listed) {

  /** No number of a series is as high (spec HK1-S-04). */
  private static final long SEQUENCES_END = 1L << 53;

  private static final String OTHER_LIST =
      "The object list of the snapshot is not the one it was made with.";

  /** Copies the list. */
  public OpenedSnapshotRoot {
    objects = List.copyOf(objects);
  }

  /**
   * Opens the root of a snapshot.
   *
   * @throws DamagedDataException when root or object list are missing or damaged, or belong
   *     elsewhere
   */
  public static OpenedSnapshotRoot open(
      BackupStore store, SealedObjectCache copies, BackupKey key, SnapshotView view)
      throws DamagedDataException, BackupStoreException {
    return open(store, copies, key, view, () -> store.objects(view.snapshotId()));
  }

  /** Gives the object list that the store claims, once the root was read. */
  @FunctionalInterface
  interface ClaimedList {
    /** The names, unverified. */
    List<Hash256> names() throws BackupStoreException;
  }

  /** The same with an object list from elsewhere, which is held against the root as well. */
  static OpenedSnapshotRoot open(
      BackupStore store,
      SealedObjectCache copies,
      BackupKey key,
      SnapshotView view,
      ClaimedList claimed)
      throws DamagedDataException, BackupStoreException {
    SnapshotStub stub = ofKey(key, view);
    SealContext context = context(stub);
    RootContent root = readRoot(store, copies, key, stub, context);
    requireListOf(stub, root);
    List<Hash256> listed = claimed.names();
    if (!ObjectList.hash(listed).equals(root.listHash())) {
      throw new DamagedDataException(OTHER_LIST);
    }
    return new OpenedSnapshotRoot(context, root, listed, true);
  }

  /**
   * The same where the store withholds the object list or gives another one. Who only reads can do
   * without it: what the packs hold is proved by the root alone (spec HK1-S-21).
   *
   * @throws DamagedDataException when the root is missing or damaged, or belongs elsewhere
   */
  static OpenedSnapshotRoot openToRead(
      BackupStore store, SealedObjectCache copies, BackupKey key, SnapshotView view)
      throws DamagedDataException, BackupStoreException {
    SnapshotStub stub = ofKey(key, view);
    SealContext context = context(stub);
    RootContent root = readRoot(store, copies, key, stub, context);
    requireListOf(stub, root);
    try {
      List<Hash256> listed = store.objects(view.snapshotId());
      if (ObjectList.hash(listed).equals(root.listHash())) {
        return new OpenedSnapshotRoot(context, root, listed, true);
      }
    } catch (WithheldObjectException e) {
      // As one that is another.
    }
    return new OpenedSnapshotRoot(context, root, List.of(), false);
  }

  private static void requireListOf(SnapshotStub stub, RootContent root)
      throws DamagedDataException {
    if (!root.listHash().equals(stub.listHash())) {
      throw new DamagedDataException(OTHER_LIST);
    }
  }

  /**
   * Only what is sealed in the root, for whoever wants to know its time and numbers: the object
   * list is not asked for, and the root must agree with the stub about it. The store is asked for
   * the root, which {@code seen} gets.
   *
   * @throws DamagedDataException as {@link #open}
   */
  public static RootContent content(
      BackupStore store, BackupKey key, SnapshotView view, SealedObjectCache seen)
      throws DamagedDataException, BackupStoreException {
    SnapshotStub stub = ofKey(key, view);
    byte[] object = sealedRoot(store, SealedObjectCache.NONE, stub);
    seen.evicted(stub.root(), object);
    RootContent root = opened(key, stub, context(stub), object);
    requireListOf(stub, root);
    return root;
  }

  private static SnapshotStub ofKey(BackupKey key, SnapshotView view) throws DamagedDataException {
    SnapshotStub stub = stub(view);
    if (Arrays.compare(stub.setId(), key.setId()) != 0 || stub.generation() != key.generation()) {
      throw new DamagedDataException("The snapshot belongs to another set or generation of K.");
    }
    return stub;
  }

  private static SealContext context(SnapshotStub stub) {
    return new SealContext(stub.setId(), stub.generation(), stub.deviceId());
  }

  /** Reads the stub out of a view and checks that its hash and identifier are those shown. */
  public static SnapshotStub stub(SnapshotView view) throws DamagedDataException {
    try {
      SnapshotStub stub = StubParser.parse(view);
      String hash = stub.hash().hex();
      boolean same =
          hash.equals(view.stubHash())
              && hash.substring(0, 2 * Hk1Constants.ID_BYTES).equals(view.snapshotId());
      if (!same || stub.sequence() >= SEQUENCES_END) {
        throw new DamagedDataException("The snapshot's description does not fit its hash.");
      }
      return stub;
    } catch (MalformedException e) {
      throw new DamagedDataException("The snapshot's description is malformed.");
    }
  }

  /** Name of the sealed root of a snapshot, as its view claims. */
  public static Hash256 rootOf(SnapshotView view) throws BackupStoreException {
    try {
      return stub(view).root();
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  private static RootContent readRoot(
      BackupStore store,
      SealedObjectCache copies,
      BackupKey key,
      SnapshotStub stub,
      SealContext context)
      throws DamagedDataException, BackupStoreException {
    return opened(key, stub, context, sealedRoot(store, copies, stub));
  }

  private static byte[] sealedRoot(BackupStore store, SealedObjectCache copies, SnapshotStub stub)
      throws DamagedDataException, BackupStoreException {
    byte[] object;
    try {
      byte[] cached = copies.get(stub.root()).orElse(null);
      object = cached != null ? cached : store.get(stub.root());
    } catch (MissingObjectException e) {
      throw new DamagedDataException("The snapshot's root is missing from the store.");
    }
    // Whoever has K can seal another root for this place; the stub names the one that was made.
    if (!Hash256.sha256(object).equals(stub.root())) {
      throw new DamagedDataException("The snapshot's root has not the bytes that its name says.");
    }
    return object;
  }

  private static RootContent opened(
      BackupKey key, SnapshotStub stub, SealContext context, byte[] object)
      throws DamagedDataException {
    SealedRoot.SeriesPlace place =
        new SealedRoot.SeriesPlace(context, stub.sequence(), stub.previous());
    try (SecretBytes manifestKey = key.subkey(Subkey.MANIFEST)) {
      return RootContent.decode(place, SealedRoot.open(manifestKey, place, object));
    }
  }
}
