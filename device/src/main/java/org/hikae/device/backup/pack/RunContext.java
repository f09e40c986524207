package org.hikae.device.backup.pack;

import java.security.SecureRandom;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.sealing.SealContext;

/**
 * What the parts of one run share.
 *
 * @param key K
 * @param context whose series
 * @param signing who signs it, and in which form it is
 * @param random for salts
 * @param uploader sends packs
 * @param pending remembers packs sent
 * @param cache keeps the manifest's packs
 * @param progress told what happens
 */
public record RunContext(
    BackupKey key,
    SealContext context,
    SnapshotSigning signing,
    SecureRandom random,
    PackUploader uploader,
    PendingPacks pending,
    ManifestObjectCache cache,
    ProgressListener progress) {

  public void checkCancelled() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
  }
}
