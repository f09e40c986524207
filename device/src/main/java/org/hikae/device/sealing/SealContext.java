package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import org.hikae.device.keys.BackupKey;
import org.hikae.hk1.Hk1Constants;

/**
 * Where sealed bytes belong: they do not open anywhere else.
 *
 * @param setId the backup set, 16 bytes
 * @param generation generation of K
 * @param deviceId the device whose series it is, 16 bytes
 */
public record SealContext(byte[] setId, long generation, byte[] deviceId) {

  /** Checks lengths and copies the arrays. */
  public SealContext {
    if (setId.length != Hk1Constants.ID_BYTES || deviceId.length != Hk1Constants.ID_BYTES) {
      throw new IllegalArgumentException("setId and deviceId have 16 bytes");
    }
    setId = setId.clone();
    deviceId = deviceId.clone();
  }

  /** The context of a device's own series. */
  public static SealContext of(BackupKey key, byte[] deviceId) {
    return new SealContext(key.setId(), key.generation(), deviceId);
  }

  @Override
  public byte[] setId() {
    return setId.clone();
  }

  @Override
  public byte[] deviceId() {
    return deviceId.clone();
  }

  /** setId ‖ u32 generation ‖ deviceId. */
  byte[] encode() {
    return ByteBuffer.allocate(2 * Hk1Constants.ID_BYTES + 4)
        .put(setId)
        .putInt((int) generation)
        .put(deviceId)
        .array();
  }
}
