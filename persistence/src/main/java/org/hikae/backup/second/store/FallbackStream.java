package org.hikae.backup.second.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an object from the first store. Where it fails or ends early, reading goes on in the
 * second. An object that is read as a whole is compared with its name: when it is another one, the
 * last bytes are kept back and reading fails, so that whoever reads asks again.
 */
final class FallbackStream extends InputStream {

  /** Opens a part of the copy; empty when there is none. */
  @FunctionalInterface
  interface CopyOpener {

    Optional<InputStream> open(long offset, long length);
  }

  private final ObjectKey key;
  private final long offset;
  private final long length;
  private final CopyOpener copies;
  private final SuspectCache suspects;
  private final @Nullable MessageDigest hash;
  private InputStream current;
  private boolean onCopy;
  private long done;

  /**
   * Reads a part of an object.
   *
   * @param opened that part, from the first store
   * @param whole whether it is all of the object
   */
  FallbackStream(
      ObjectKey key,
      long offset,
      long length,
      InputStream opened,
      boolean whole,
      CopyOpener copies,
      SuspectCache suspects) {
    this.key = key;
    this.offset = offset;
    this.length = length;
    this.current = opened;
    this.hash = whole ? Hash256.newDigest() : null;
    this.copies = copies;
    this.suspects = suspects;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int most) throws IOException {
    Objects.checkFromIndexSize(start, most, bytes.length);
    if (most == 0 || done == length) {
      return most == 0 ? 0 : -1;
    }
    int count = next(bytes, start, (int) Math.min(most, length - done));
    if (count < 0) {
      return -1;
    }
    done += count;
    if (hash != null) {
      hash.update(bytes, start, count);
      if (done == length && !Hash256.of(hash.digest()).equals(key.name())) {
        suspects.add(key);
        throw new IOException("An object has other bytes than its name says.");
      }
    }
    return count;
  }

  /** The next bytes, from the copy when the first store does not give them. */
  private int next(byte[] bytes, int start, int most) throws IOException {
    if (onCopy) {
      return current.read(bytes, start, most);
    }
    try {
      int count = current.read(bytes, start, most);
      if (count >= 0) {
        return count;
      }
    } catch (IOException | CiphertextStoreException e) {
      if (!isOnCopy()) {
        throw e;
      }
      return current.read(bytes, start, most);
    }
    return isOnCopy() ? current.read(bytes, start, most) : -1;
  }

  private boolean isOnCopy() throws IOException {
    Optional<InputStream> copy = copies.open(offset + done, length - done);
    if (copy.isPresent()) {
      suspects.add(key);
      current.close();
      current = copy.get();
      onCopy = true;
    }
    return onCopy;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
