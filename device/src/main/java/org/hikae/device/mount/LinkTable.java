package org.hikae.device.mount;

import org.hikae.device.files.Inode;
import org.jspecify.annotations.Nullable;

/**
 * Files with several names: where the first one stands in the manifest, and how many there are. An
 * open hash table over arrays, 28 bytes for each slot.
 */
final class LinkTable {

  private static final int FIRST_SLOTS = 1024;

  private long[] devices = new long[FIRST_SLOTS];
  private long[] inodes = new long[FIRST_SLOTS];

  /** 0 where a slot is free: no entry begins there. */
  private long[] positions = new long[FIRST_SLOTS];

  private int[] names = new int[FIRST_SLOTS];
  private int count;

  /**
   * A file.
   *
   * @param position where its first name stands
   * @param names how many names were added
   */
  record LinkedFile(long position, int names) {}

  /** Adds the first name of a file. */
  void add(Inode inode, long position) {
    if (count >= positions.length / 2) {
      grow();
    }
    int slot = slot(inode.device(), inode.number());
    if (positions[slot] == 0) {
      count++;
    }
    put(slot, inode.device(), inode.number(), position, 1);
  }

  /** Adds a further name; one of a file that is not there is passed over. */
  void addName(Inode inode) {
    int slot = slot(inode.device(), inode.number());
    if (positions[slot] != 0) {
      names[slot]++;
    }
  }

  @Nullable LinkedFile find(Inode inode) {
    int slot = slot(inode.device(), inode.number());
    return positions[slot] == 0 ? null : new LinkedFile(positions[slot], names[slot]);
  }

  private void put(int slot, long device, long inode, long position, int number) {
    devices[slot] = device;
    inodes[slot] = inode;
    positions[slot] = position;
    names[slot] = number;
  }

  private int slot(long device, long inode) {
    int mask = positions.length - 1;
    int slot = Long.hashCode((inode * 31 + device) * 0x9E37_79B9_7F4A_7C15L) & mask;
    while (positions[slot] != 0 && (devices[slot] != device || inodes[slot] != inode)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldDevices = devices;
    long[] oldInodes = inodes;
    long[] oldPositions = positions;
    int[] oldNames = names;
    int slots = 2 * oldPositions.length;
    devices = new long[slots];
    inodes = new long[slots];
    positions = new long[slots];
    names = new int[slots];
    for (int i = 0; i < oldPositions.length; i++) {
      if (oldPositions[i] != 0) {
        put(
            slot(oldDevices[i], oldInodes[i]),
            oldDevices[i],
            oldInodes[i],
            oldPositions[i],
            oldNames[i]);
      }
    }
  }

  long bytes() {
    return 28L * positions.length;
  }
}
