package org.hikae.device.backup;

import java.util.Arrays;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The previous snapshot's manifest, read alongside the walk over the file system. Both are in the
 * same order, so one look ahead is all that is held.
 */
final class PreviousManifest {

  private final ManifestReader<BackupStoreException> in;
  private ManifestRecord ahead;

  PreviousManifest(ManifestReader<BackupStoreException> in)
      throws DamagedDataException, BackupStoreException {
    this.in = in;
    this.ahead = in.next();
  }

  /** Goes into the directory that is ahead. */
  void descend() throws DamagedDataException, BackupStoreException {
    if (!(ahead instanceof ManifestRecord.Enter)) {
      throw new IllegalStateException("no directory is ahead");
    }
    ahead = in.next();
  }

  /** Leaves the directory, passing over what is left of it. */
  void ascend() throws DamagedDataException, BackupStoreException {
    while (ahead instanceof ManifestRecord.Entry) {
      skip();
    }
    ahead = in.next();
  }

  /** Goes on to the entry of this name in the directory; null when there is none. */
  ManifestRecord.@Nullable Entry seek(byte[] name)
      throws DamagedDataException, BackupStoreException {
    while (ahead instanceof ManifestRecord.Entry entry) {
      int order = Arrays.compareUnsigned(entry.name(), name);
      if (order >= 0) {
        return order == 0 ? entry : null;
      }
      skip();
    }
    return null;
  }

  /** The next record of the contents of the file that {@link #seek} found. */
  ManifestRecord content() throws DamagedDataException, BackupStoreException {
    ahead = in.next();
    return ahead;
  }

  /** Passes over what is left of the file whose contents are being read, its end included. */
  void endContent() throws DamagedDataException, BackupStoreException {
    while (!(ahead instanceof ManifestRecord.FileEnd)) {
      ahead = in.next();
    }
    ahead = in.next();
  }

  private void skip() throws DamagedDataException, BackupStoreException {
    switch (ahead) {
      case ManifestRecord.FileStart f -> endContent();
      case ManifestRecord.Enter e -> {
        int depth = 1;
        while (depth > 0) {
          ahead = in.next();
          if (ahead instanceof ManifestRecord.Enter) {
            depth++;
          } else if (ahead instanceof ManifestRecord.Leave) {
            depth--;
          }
        }
        ahead = in.next();
      }
      default -> ahead = in.next();
    }
  }
}
