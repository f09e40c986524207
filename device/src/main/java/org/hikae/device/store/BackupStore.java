package org.hikae.device.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Where sealed objects and snapshots are kept: the portal, or memory in tests.
 *
 * <p>Contract, which one suite checks for every implementation:
 *
 * <ul>
 *   <li>An object is named by the SHA-256 of its bytes and never changes. {@link #put} of an object
 *       that is stored already is success, so it may be repeated after any failure.
 *   <li>After a failed {@link #put} or {@link #commit} the object or snapshot is there whole or not
 *       at all.
 *   <li>{@link #commit} succeeds only when it continues this device's series and when root and
 *       packs are stored; the same commit again returns the same snapshot.
 *   <li>Implementations retry by themselves what is worth retrying; a {@link BackupStoreException}
 *       is final.
 *   <li>All methods may be called by several threads at once.
 * </ul>
 *
 * <p>Callers trust nothing that comes back: they check hashes, seals and chunk identifiers.
 */
public interface BackupStore {

  /** Largest page of {@link #snapshots}. */
  int MAX_PAGE = 1000;

  /**
   * Stores an object.
   *
   * @param name SHA-256 of {@code object}
   * @param object at most {@link org.hikae.hk1.Hk1Constants#MAX_OBJECT_BYTES}, not changed by
   *     either side
   */
  void put(Hash256 name, byte[] object) throws BackupStoreException;

  /**
   * The same for an object that an array begins with. The array is the caller's again afterwards.
   *
   * @param name SHA-256 of the first {@code length} bytes
   */
  default void put(Hash256 name, byte[] array, int length) throws BackupStoreException {
    put(name, Arrays.copyOf(array, length));
  }

  /** Which of these objects are not stored. Any number of names. */
  Set<Hash256> missing(Collection<Hash256> names) throws BackupStoreException;

  /**
   * The bytes of an object.
   *
   * @throws MissingObjectException when it is not stored
   */
  byte[] get(Hash256 name) throws BackupStoreException;

  /**
   * The same, if it can be in an array from {@code buffers}, which is asked for arrays of the
   * length of what arrives and may give longer ones. Whichever array it begins is the caller's own
   * then; one that was not asked for ends with it.
   *
   * @throws MissingObjectException when it is not stored
   */
  default byte[] get(Hash256 name, IntFunction<byte[]> buffers) throws BackupStoreException {
    return get(name);
  }

  /**
   * A part of an object in buckets of {@link PackRange#BUCKET_BYTES}: no other part can be asked
   * for, so that nobody learns where a chunk lies (spec HK1-C-07).
   *
   * @param first number of the first bucket, from 0
   * @param count at least 1
   * @return all of these buckets, or less when the object ends before
   * @throws MissingObjectException when it is not stored
   */
  byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException;

  /**
   * Commits a snapshot of this device's series.
   *
   * @throws MissingObjectException when the root or a listed pack is not stored; nothing is changed
   */
  SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException;

  /**
   * Snapshots of all devices of the employee or of one, newest first.
   *
   * @param deviceId identifier of one device in hexadecimal, or null for all
   * @param after {@code next} of the page before, or null for the first page
   * @param limit 1 to {@link #MAX_PAGE}
   */
  SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit)
      throws BackupStoreException;

  /** Names of the packs that a snapshot needs, in ascending order. */
  List<Hash256> objects(String snapshotId) throws BackupStoreException;
}
