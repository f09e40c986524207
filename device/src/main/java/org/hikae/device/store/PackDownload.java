package org.hikae.device.store;

import org.hikae.hk1.Hash256;

/**
 * A whole pack from the store. One whose bytes do not have its name is fetched once more, because
 * the damage may be of the transfer.
 *
 * @param object the bytes, as they came
 * @param sound whether they have the name that was asked for
 * @param received bytes that came from the store, both times together
 */
public record PackDownload(byte[] object, boolean sound, long received) {

  private static final int ATTEMPTS = 2;

  /**
   * Fetches a pack.
   *
   * @throws MissingObjectException when it is not stored
   */
  public static PackDownload fetch(BackupStore store, Hash256 name) throws BackupStoreException {
    return fetch(store, name, new BufferPool(0));
  }

  /**
   * The same in an array of {@code buffers}, which the caller gives back.
   *
   * @throws MissingObjectException when it is not stored
   */
  public static PackDownload fetch(BackupStore store, Hash256 name, BufferPool buffers)
      throws BackupStoreException {
    long received = 0;
    for (int attempt = 1; ; attempt++) {
      byte[] object = store.get(name, buffers::take);
      received += object.length;
      boolean sound = Hash256.sha256(object).equals(name);
      if (sound || attempt == ATTEMPTS) {
        return new PackDownload(object, sound, received);
      }
      buffers.give(object);
    }
  }
}
