package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.store.BackupStoreException;

/** Takes what a walk finds, but for regular files. */
interface WalkRecordSink {

  /** The next record. */
  void record(ManifestRecord record) throws IOException, BackupStoreException;

  /** The walk has come to its end. */
  void end() throws IOException, BackupStoreException;
}
