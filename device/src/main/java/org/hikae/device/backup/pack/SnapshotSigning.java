package org.hikae.device.backup.pack;

import org.hikae.crypto.sign.Signer;
import org.hikae.device.manifest.SnapshotFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who signs the snapshots of a series, and what is known of its form.
 *
 * @param device the key of the device whose series it is; null only where nothing is signed
 * @param least the form that the next snapshot has at least
 * @param signed whether the series is known to have signed snapshots, so that one that is not
 *     signed is not this device's
 */
public record SnapshotSigning(@Nullable Signer device, SnapshotFormat least, boolean signed) {

  /** Nothing is known and nothing is signed. */
  public static final SnapshotSigning NONE = new SnapshotSigning(null, SnapshotFormat.FIRST, false);

  /** The key, where something has to be signed. */
  public Signer requireDevice() {
    if (device == null) {
      throw new IllegalStateException("this series is signed, and there is no key to sign with");
    }
    return device;
  }
}
