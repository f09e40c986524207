package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a range of an immutable object slice by slice, each of which ends at a multiple of their
 * length. It ends with an {@link IOException}, never early and never with other bytes, when the
 * object goes away or the storage fails meanwhile.
 */
final class SlicedInputStream extends InputStream {

  /** Fetches bytes of the object, or nothing when it is gone. */
  interface Source {
    Optional<byte[]> read(long offset, int length);
  }

  private final int sliceBytes;
  private final Source source;
  private long next;
  private long left;
  private byte[] slice = new byte[0];
  private int position;

  SlicedInputStream(long offset, long length, int sliceBytes, Source source) {
    this.next = offset;
    this.left = length;
    this.sliceBytes = sliceBytes;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return fill() ? slice[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, slice.length - position);
    System.arraycopy(slice, position, target, offset, count);
    position += count;
    return count;
  }

  /** Hands whole slices over, so that the receiver can write large pieces. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    long transferred = 0;
    while (fill()) {
      out.write(slice, position, slice.length - position);
      transferred += slice.length - position;
      position = slice.length;
    }
    return transferred;
  }

  @Override
  public int available() {
    return slice.length - position;
  }

  private boolean fill() throws IOException {
    if (position < slice.length) {
      return true;
    }
    if (left == 0) {
      return false;
    }
    int wanted = (int) Math.min(left, sliceBytes - next % sliceBytes);
    byte[] fetched = fetch(wanted);
    if (fetched.length != wanted) {
      throw new IOException("The object is shorter than its record says.");
    }
    slice = fetched;
    position = 0;
    next += wanted;
    left -= wanted;
    return true;
  }

  private byte[] fetch(int wanted) throws IOException {
    try {
      return source
          .read(next, wanted)
          .orElseThrow(() -> new IOException("The object was erased while it was read."));
    } catch (CiphertextStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
