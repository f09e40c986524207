package org.hikae.device.restore;

import java.io.IOException;
import org.hikae.device.backup.Progress;
import org.hikae.device.backup.SnapshotStore;
import org.hikae.device.backup.StoreException;
import org.hikae.device.keys.BackupKey;

/** Writes a snapshot, or part of it, into a directory. */
public final class Restore {

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public Restore(SnapshotStore store, BackupKey key) {}

  /**
   * Runs once. What is damaged or cannot be written is told to {@code progress} and left out.
   *
   * @throws StoreException when the store fails, or root or list of the snapshot are damaged
   *     (result CORRUPT)
   * @throws IOException when the target is not an empty directory and may not be used, or the
   *     selection is not in the snapshot ({@link java.nio.file.NoSuchFileException})
   */
  @SuppressWarnings("DoNotCallSuggester")
  public RestoreResult run(RestoreRequest request, Progress progress)
      throws StoreException, IOException {
    throw new UnsupportedOperationException();
  }
}
