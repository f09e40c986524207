package org.hikae.hk1;

import java.util.Objects;

/**
 * One link of a device's series (spec HK1-S-04): what remains of a snapshot when its data is gone.
 * Public to the portal. The chain of stub hashes makes a dropped, swapped or replayed snapshot
 * visible to any device that holds K.
 *
 * @param setId the backup set, 16 bytes
 * @param deviceId the device whose series this is, 16 bytes
 * @param generation generation of K, starting at 1 and below 2^32
 * @param sequence position in the series, starting at 1
 * @param previous hash of the stub before, {@link Hash256#ZERO} for the first
 * @param root name of the sealed snapshot root
 * @param listHash {@link ObjectList#hash} of the packs it needs
 */
public record SnapshotStub(
    byte[] setId,
    byte[] deviceId,
    long generation,
    long sequence,
    Hash256 previous,
    Hash256 root,
    Hash256 listHash) {

  private static final long MAX_GENERATION = 0xffff_ffffL;

  /** Checks lengths and ranges and copies the arrays. */
  public SnapshotStub {
    setId = requireId("setId", setId);
    deviceId = requireId("deviceId", deviceId);
    if (generation < 1 || sequence < 1) {
      throw new IllegalArgumentException("generation and sequence start at 1");
    }
    if (generation > MAX_GENERATION) {
      throw new IllegalArgumentException("a generation is below 2^32");
    }
    if ((sequence == 1) != previous.equals(Hash256.ZERO)) {
      throw new IllegalArgumentException("only the first stub of a series has no previous one");
    }
    Objects.requireNonNull(root);
    Objects.requireNonNull(listHash);
  }

  @Override
  public byte[] setId() {
    return setId.clone();
  }

  @Override
  public byte[] deviceId() {
    return deviceId.clone();
  }

  /** SHA-256 over all fields: what the next stub calls {@code previous}. */
  public Hash256 hash() {
    return Hash256.sha256(
        Transcript.of("snapshot stub")
            .add(setId)
            .add(deviceId)
            .addU32(generation)
            .addU64(sequence)
            .add(previous.toBytes())
            .add(root.toBytes())
            .add(listHash.toBytes())
            .toBytes());
  }

  private static byte[] requireId(String name, byte[] id) {
    if (id.length != Hk1Constants.ID_BYTES) {
      throw new IllegalArgumentException(name + " must have 16 bytes, not " + id.length);
    }
    return id.clone();
  }
}
