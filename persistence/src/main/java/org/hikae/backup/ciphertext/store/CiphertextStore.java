package org.hikae.backup.ciphertext.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hikae.hk1.Hash256;

/**
 * Keeps immutable objects whole or not at all (spec HK1-S-01). Every implementation passes {@code
 * CiphertextStoreContract}.
 *
 * <ul>
 *   <li>The caller has checked that the key's name is the SHA-256 of the bytes; the store does not
 *       hash.
 *   <li>{@link #put} belongs to the caller's transaction. Once that is committed the object is as
 *       durable as the database promises (docs/spec/objects.md, "What is durable when"); when it is
 *       rolled back the object is not there, or is an orphan that a later put of the same key
 *       adopts.
 *   <li>{@link #delete} belongs to the caller's transaction too: until that is committed the object
 *       is there for all others. Who reads it meanwhile gets the rest of it or an exception, never
 *       other bytes. A deleted key may be put again.
 *   <li>An object never changes: a second put of a key keeps the first bytes and says so. Only
 *       {@link #replace} writes again what rotted.
 *   <li>A failure of the storage is a {@link CiphertextStoreException}; the transaction must be
 *       rolled back and the whole put may be sent again.
 *   <li>All methods may be called from many threads.
 * </ul>
 */
public interface CiphertextStore {

  /**
   * What lies under a key, whatever its name says.
   *
   * @param sizeBytes how many bytes could be read
   * @param hash SHA-256 of them
   */
  record StoredDigest(long sizeBytes, Hash256 hash) {}

  /**
   * What a step of cleaning up did.
   *
   * @param removed how many objects' bytes it removed
   * @param more whether another step may find more
   */
  record CleanedObjects(int removed, boolean more) {}

  /** A place among those who write at once. */
  @FunctionalInterface
  interface WritePermit extends AutoCloseable {

    @Override
    void close();
  }

  /**
   * Waits for a place among those who write at once, where a store bounds them because it may be
   * slow. Whoever puts or replaces what a client sends takes one before the transaction, since who
   * waits in it would hold a connection, and gives it back when that has ended.
   *
   * @throws CiphertextStoreException when none becomes free in time
   */
  default WritePermit admitWriter() {
    return () -> {};
  }

  /**
   * Stores {@code bytes} under {@code key}. Waits for a concurrent put of the same key to end.
   *
   * @return whether this call stored the bytes; false when the key was there before
   */
  boolean put(ObjectKey key, byte[] bytes);

  /**
   * The same for an object that is not in memory: reads {@code length} bytes and writes them slice
   * by slice, so that it costs a slice of memory whatever the object's length. The caller has read
   * and checked the bytes before: a stream that fails or ends early is a failure of the storage.
   */
  boolean put(ObjectKey key, long length, InputStream bytes);

  /**
   * Deletes an object.
   *
   * @return whether it was stored
   */
  boolean delete(ObjectKey key);

  /**
   * Writes {@code bytes} in place of what lies under {@code key}, or anew when nothing does; in the
   * caller's transaction, as {@link #put}. For bytes that are not what their name says any more.
   */
  void replace(ObjectKey key, byte[] bytes);

  /**
   * The same for an object that is not in memory, as {@link #put(ObjectKey, long, InputStream)}.
   */
  void replace(ObjectKey key, long length, InputStream bytes);

  /** Whether the object is stored. */
  boolean exists(ObjectKey key);

  /** Length of the object in bytes, or empty when it is not stored. */
  OptionalLong size(ObjectKey key);

  /**
   * Opens {@code length} bytes from {@code offset} on. The stream fetches bounded slices when they
   * are read, each with a connection of its own that it gives back at once: a slow reader holds
   * neither a connection nor the whole object. Read it outside any transaction. Of an object that
   * has rotted it gives what there is, within its present size.
   *
   * @return the bytes, or empty when the object is not stored
   * @throws IllegalArgumentException when the range does not lie within the object
   */
  Optional<InputStream> open(ObjectKey key, long offset, long length);

  /**
   * Reads all that lies under {@code key}, slice by slice as {@link #open} does, and hashes it: to
   * the end, or as far as there is anything. Call it outside any transaction.
   *
   * @return what was read, or empty when the object is not stored
   */
  Optional<StoredDigest> digest(ObjectKey key);

  /**
   * Deletes an object whose bytes nobody may have any more, for erasure: they may be gone although
   * the transaction is rolled back, and are when it is committed.
   *
   * @return whether it was stored
   */
  default boolean erase(ObjectKey key) {
    return delete(key);
  }

  /**
   * Erases some of what is left of a repository all of whose objects were deleted; in the caller's
   * transaction.
   *
   * @return whether nothing is left; else it is called again, in a transaction of its own
   */
  default boolean eraseRepository(long repositoryId) {
    return true;
  }

  /**
   * Removes bytes that no stored object has and that were not written or deleted after {@code
   * before}: what transactions left that failed at their commit, and objects that were deleted or
   * replaced. In the caller's transaction.
   *
   * @param most how many are removed at most; fewer when it takes long
   */
  default CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    return new CleanedObjects(0, false);
  }

  /** Removes what was being written before that time, and never came to an end. */
  default void removeUnfinished(Instant before) {}

  /**
   * Sets the storage up if that was not done, and tries whether it takes writes. Call it outside
   * any transaction.
   *
   * @return what is wrong with it; nothing is known of a store in the database, which has checks of
   *     its own
   */
  default Optional<VolumeFault> probe() {
    return Optional.empty();
  }
}
