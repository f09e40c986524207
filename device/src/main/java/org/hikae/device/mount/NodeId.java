package org.hikae.device.mount;

/**
 * Numbers of entries: which snapshot, and where the record stands in its manifest. Snapshot 0 is
 * what lies above them.
 */
final class NodeId {

  private static final int POSITION_BITS = 42;

  private NodeId() {}

  static long of(long snapshot, long position) {
    if (position >>> POSITION_BITS != 0) {
      throw new IllegalArgumentException("a manifest has less than 4 TiB");
    }
    return snapshot << POSITION_BITS | position;
  }

  static long snapshot(long node) {
    return node >>> POSITION_BITS;
  }

  static long position(long node) {
    return node & ((1L << POSITION_BITS) - 1);
  }
}
