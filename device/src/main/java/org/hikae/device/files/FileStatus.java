package org.hikae.device.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code statx} says of a file.
 *
 * @param type what it is
 * @param mode permission, set-id and sticky bits, without the type
 * @param uid owner
 * @param gid group
 * @param links number of hard links
 * @param inode number of the inode
 * @param device file system it lies on, major and minor number
 * @param size in bytes
 * @param blocks allocated, of 512 bytes
 * @param modified time of the last change of contents
 * @param changed time of the last change of the inode
 */
public record FileStatus(
    FileType type,
    int mode,
    int uid,
    int gid,
    long links,
    long inode,
    long device,
    long size,
    long blocks,
    FileTime modified,
    FileTime changed) {

  /** Size of {@code struct statx}, the same on every architecture. */
  static final int STATX_BYTES = 256;

  /** Everything up to the block count: {@code STATX_BASIC_STATS}. */
  static final int STATX_MASK = 0x7ff;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  /** Reads {@code struct statx}; the offsets are the kernel's. */
  static FileStatus read(MemorySegment statx) {
    int mode = statx.get(ValueLayout.JAVA_SHORT_UNALIGNED, 28) & 0xffff;
    return new FileStatus(
        FileType.of(mode),
        mode & 07777,
        statx.get(INT, 20),
        statx.get(INT, 24),
        statx.get(INT, 16) & 0xffff_ffffL,
        statx.get(LONG, 32),
        ((long) statx.get(INT, 136) << 32) | (statx.get(INT, 140) & 0xffff_ffffL),
        statx.get(LONG, 40),
        statx.get(LONG, 48),
        new FileTime(statx.get(LONG, 112), statx.get(INT, 120)),
        new FileTime(statx.get(LONG, 96), statx.get(INT, 104)));
  }

  /** Whether contents and inode are as they were in {@code other}. */
  public boolean unchangedSince(FileStatus other) {
    return inode == other.inode
        && device == other.device
        && size == other.size
        && modified.equals(other.modified)
        && changed.equals(other.changed);
  }
}
