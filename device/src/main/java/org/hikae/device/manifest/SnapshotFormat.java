package org.hikae.device.manifest;

/**
 * In which form a snapshot is, as its root says (spec HK1-M-08). The numbers stand inside what is
 * sealed under K and signed by the device, and nowhere else.
 *
 * @param version of the root: 1, or 2 with parameters, key and signature
 * @param chunker that cut its files; readers need not know it
 * @param rule that a reader applies; one that is unknown is refused
 */
public record SnapshotFormat(int version, int chunker, int rule) {

  /** What was written first: parameters are not said, and nobody signs. */
  public static final SnapshotFormat FIRST = new SnapshotFormat(1, 1, 1);

  /** What is written now once a series has moved. */
  public static final SnapshotFormat SIGNED = new SnapshotFormat(2, 1, 1);

  /** Whether the device has signed. */
  public boolean signed() {
    return version >= SIGNED.version;
  }

  /** The same in the later version of the two: a series never goes back. */
  public SnapshotFormat orLater(SnapshotFormat other) {
    return other.version > version ? new SnapshotFormat(other.version, chunker, rule) : this;
  }
}
