package org.hikae.device.store;

import java.security.MessageDigest;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.hikae.hk1.Hash256;

/**
 * A whole pack from the store. One whose bytes do not have its name is fetched once more, because
 * the damage may be of the transfer.
 *
 * @param object begins with the bytes, as they came
 * @param length how many of them there are
 * @param sound whether they have the name that was asked for
 * @param received bytes that came from the store, both times together
 */
public record PackDownload(byte[] object, int length, boolean sound, long received) {

  private static final int ATTEMPTS = 2;

  /** The array that was asked for last, and for how many bytes. */
  private static final class AskedBuffer implements IntFunction<byte[]> {

    private final IntFunction<byte[]> buffers;
    private byte[] buffer = {};
    private int length;

    AskedBuffer(IntFunction<byte[]> buffers) {
      this.buffers = buffers;
    }

    @Override
    public byte[] apply(int bytes) {
      buffer = buffers.apply(bytes);
      length = bytes;
      return buffer;
    }

    /** How many bytes of the array are the object's; all of one that was not asked for. */
    @SuppressWarnings("ReferenceEquality") // the array itself, whatever is in it
    int lengthOf(byte[] object) {
      return object == buffer ? length : object.length;
    }
  }

  /**
   * Fetches a pack, into an array of its length.
   *
   * @throws MissingObjectException when it is not stored
   */
  public static PackDownload fetch(BackupStore store, Hash256 name) throws BackupStoreException {
    return fetch(store, name, byte[]::new, tried -> {});
  }

  /**
   * The same in an array of {@code buffers}, which the caller gives back. It may be longer.
   *
   * @throws MissingObjectException when it is not stored
   */
  public static PackDownload fetch(BackupStore store, Hash256 name, BufferPool buffers)
      throws BackupStoreException {
    return fetch(store, name, buffers::takeAtLeast, buffers::give);
  }

  private static PackDownload fetch(
      BackupStore store, Hash256 name, IntFunction<byte[]> buffers, Consumer<byte[]> unused)
      throws BackupStoreException {
    long received = 0;
    for (int attempt = 1; ; attempt++) {
      AskedBuffer asked = new AskedBuffer(buffers);
      byte[] object = store.get(name, asked);
      int length = asked.lengthOf(object);
      received += length;
      boolean sound = hash(object, length).equals(name);
      if (sound || attempt == ATTEMPTS) {
        return new PackDownload(object, length, sound, received);
      }
      unused.accept(object);
    }
  }

  private static Hash256 hash(byte[] object, int length) {
    MessageDigest digest = Hash256.newDigest();
    digest.update(object, 0, length);
    return Hash256.of(digest.digest());
  }
}
