package org.hikae.device.backup.pack;

import java.security.SecureRandom;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.SnapshotFormat;
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

  /** What cuts the files and the manifest of a snapshot of this form. */
  public Chunker chunker(SnapshotFormat format) {
    try (SecretBytes cdc = key.subkey(Subkey.CDC)) {
      return Chunker.of(format.chunker(), cdc);
    }
  }

  public void checkCancelled() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
  }
}
