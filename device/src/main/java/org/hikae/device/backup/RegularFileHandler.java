package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.files.FileStatus;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/** Takes the regular files that a walk finds. */
interface RegularFileHandler {

  /** A file as it was looked at; {@code before} is what the previous snapshot has there. */
  void file(EntryLocation place, FileStatus status, ManifestRecord.@Nullable Entry before)
      throws IOException, BackupStoreException, DamagedDataException;
}
