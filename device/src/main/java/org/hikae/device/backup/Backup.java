package org.hikae.device.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.device.keys.BackupKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of this device's files in its own series.
 *
 * <p>Either a run commits a whole snapshot or the store is as before; packs that an interrupted run
 * sent already are used by the next one. One run at a time for a device.
 */
public final class Backup {

  /**
   * Works for one device.
   *
   * @param store where snapshots go
   * @param key K; not closed here
   * @param deviceId whose series, 16 bytes
   * @param cache folder for copies of sealed objects, which can be lost at no cost; null for none
   */
  public Backup(
      SnapshotStore store,
      BackupKey key,
      byte[] deviceId,
      @Nullable Path cache,
      Clock clock,
      SecureRandom random) {}

  /**
   * Runs once.
   *
   * @throws StoreException when the store refuses, cannot be reached or went back to an older state
   * @throws IOException when none of the paths can be read, or local files of the run cannot be
   *     written
   */
  @SuppressWarnings("DoNotCallSuggester")
  public BackupResult run(BackupRequest request, Progress progress)
      throws StoreException, IOException {
    throw new UnsupportedOperationException();
  }
}
