package org.hikae.device.backup;

import java.io.IOException;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.store.StoreException;

/** Takes what a walk finds, but for regular files. */
interface WalkRecords {

  /** The next record. */
  void record(TreeRecord record) throws IOException, StoreException;

  /** The walk has come to its end. */
  void end() throws IOException, StoreException;
}
