package org.hikae.device.restore.fetch;

import java.util.function.Consumer;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;

/** Goes once more through the records that a restore reads, from their start. */
@FunctionalInterface
public interface ManifestPass {

  /** Tells all contents that are going to be restored, in their order. */
  void run(Consumer<ManifestRecord.Data> contents)
      throws DamagedDataException, BackupStoreException;
}
