package org.hikae.device.mount;

import java.util.Arrays;
import java.util.List;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;

/** The bytes of a manifest from anywhere on. Safe for several threads. */
final class ManifestByteSource {

  private final List<ManifestRef> refs;

  /** Where each chunk ends. */
  private final long[] ends;

  private final ChunkFetcher chunks;

  /** Gives the plain bytes of a chunk. */
  @FunctionalInterface
  interface ChunkFetcher {
    byte[] chunk(ManifestRef ref) throws DamagedDataException, BackupStoreException;
  }

  ManifestByteSource(List<ManifestRef> refs, ChunkFetcher chunks) {
    this.refs = refs;
    this.chunks = chunks;
    this.ends = new long[refs.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += refs.get(i).ref().length();
      ends[i] = end;
    }
  }

  /** Reads from a position on. */
  Cursor from(long position) {
    return new Cursor(position);
  }

  /** A place in the manifest; for one thread. */
  final class Cursor {

    private long position;
    private int current = -1;
    private byte[] bytes = {};

    private Cursor(long position) {
      this.position = position;
    }

    long position() {
      return position;
    }

    /** Goes on there. */
    void moveTo(long other) {
      position = other;
    }

    /** Reads until {@code length} bytes are there or the manifest ends; returns how many. */
    int read(byte[] into, int length) throws DamagedDataException, BackupStoreException {
      int done = 0;
      while (done < length && enter()) {
        int at = (int) (position - (ends[current] - bytes.length));
        int part = Math.min(length - done, bytes.length - at);
        System.arraycopy(bytes, at, into, done, part);
        done += part;
        position += part;
      }
      return done;
    }

    /** Gets the chunk where the position lies; false at the end. */
    private boolean enter() throws DamagedDataException, BackupStoreException {
      boolean inside =
          current >= 0 && position < ends[current] && position >= ends[current] - bytes.length;
      if (!inside) {
        int found = Arrays.binarySearch(ends, position);
        int index = found >= 0 ? found + 1 : -found - 1;
        if (index == ends.length) {
          return false;
        }
        bytes = chunks.chunk(refs.get(index));
        current = index;
      }
      return true;
    }
  }
}
