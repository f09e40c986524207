package org.hikae.device.restore.fetch;

import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/** Gives the records of a manifest. */
@FunctionalInterface
public interface RecordSource {

  /** The next record; null, or the end of the manifest, when there is no other. */
  @Nullable ManifestRecord next() throws DamagedDataException, BackupStoreException;

  /** While passing over what is not restored, nothing is read ahead. */
  default void passing(boolean now) {
    // What reads nothing ahead has nothing to stop.
  }
}
