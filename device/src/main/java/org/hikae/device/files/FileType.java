package org.hikae.device.files;

/** What a directory entry is, by the type bits of its mode. */
public enum FileType {
  /** A directory. */
  DIRECTORY(0040000),
  /** A regular file. */
  REGULAR(0100000),
  /** A symbolic link. */
  SYMLINK(0120000),
  /** A named pipe. */
  FIFO(0010000),
  /** A socket. */
  SOCKET(0140000),
  /** A character device. */
  CHARACTER_DEVICE(0020000),
  /** A block device. */
  BLOCK_DEVICE(0060000);

  private static final int MASK = 0170000;

  private final int bits;

  FileType(int bits) {
    this.bits = bits;
  }

  /** The type bits of a mode. */
  public int bits() {
    return bits;
  }

  static FileType of(int mode) {
    for (FileType type : values()) {
      if ((mode & MASK) == type.bits) {
        return type;
      }
    }
    throw new IllegalArgumentException("mode has no known type");
  }
}
