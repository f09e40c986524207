package org.hikae.device.backup;

import java.util.Arrays;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The previous snapshot's manifest, read alongside the walk over the file system. Both are in the
 * same order, so one look ahead is all that is held.
 */
final class PreviousTree {

  private final TreeReader<StoreException> in;
  private TreeRecord ahead;

  PreviousTree(TreeReader<StoreException> in) throws DamagedException, StoreException {
    this.in = in;
    this.ahead = in.next();
  }

  /** Goes into the directory that is ahead. */
  void descend() throws DamagedException, StoreException {
    if (!(ahead instanceof TreeRecord.Enter)) {
      throw new IllegalStateException("no directory is ahead");
    }
    ahead = in.next();
  }

  /** Leaves the directory, passing over what is left of it. */
  void ascend() throws DamagedException, StoreException {
    while (ahead instanceof TreeRecord.Entry) {
      skip();
    }
    ahead = in.next();
  }

  /** Goes on to the entry of this name in the directory; null when there is none. */
  TreeRecord.@Nullable Entry seek(byte[] name) throws DamagedException, StoreException {
    while (ahead instanceof TreeRecord.Entry entry) {
      int order = Arrays.compareUnsigned(entry.name(), name);
      if (order >= 0) {
        return order == 0 ? entry : null;
      }
      skip();
    }
    return null;
  }

  /** The next record of the contents of the file that {@link #seek} found. */
  TreeRecord content() throws DamagedException, StoreException {
    ahead = in.next();
    return ahead;
  }

  /** Passes over what is left of the file whose contents are being read, its end included. */
  void endContent() throws DamagedException, StoreException {
    while (!(ahead instanceof TreeRecord.FileEnd)) {
      ahead = in.next();
    }
    ahead = in.next();
  }

  private void skip() throws DamagedException, StoreException {
    switch (ahead) {
      case TreeRecord.FileStart f -> endContent();
      case TreeRecord.Enter e -> {
        int depth = 1;
        while (depth > 0) {
          ahead = in.next();
          if (ahead instanceof TreeRecord.Enter) {
            depth++;
          } else if (ahead instanceof TreeRecord.Leave) {
            depth--;
          }
        }
        ahead = in.next();
      }
      default -> ahead = in.next();
    }
  }
}
