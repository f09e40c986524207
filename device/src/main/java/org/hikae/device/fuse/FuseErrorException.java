package org.hikae.device.fuse;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What a program gets to see of a failure: a number of the kernel's. */
public final class FuseErrorException extends Exception {

  /** There is nothing of that name. */
  public static final int ENOENT = 2;

  /** It cannot be read now. */
  public static final int EIO = 5;

  /** There is nothing more at or after this position. */
  public static final int ENXIO = 6;

  /** It is no directory. */
  public static final int ENOTDIR = 20;

  /** It is a directory. */
  public static final int EISDIR = 21;

  /** It is not what the operation is for. */
  public static final int EINVAL = 22;

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENODEV = 19;
  static final int ERANGE = 34;
  static final int ENOSYS = 38;
  static final int ENODATA = 61;
  static final int EPROTO = 71;

  @Serial private static final long serialVersionUID = 1L;

  private final int errno;

  public FuseErrorException(int errno) {
    this(errno, null);
  }

  /** The same with what is behind it. */
  public FuseErrorException(int errno, @Nullable Throwable cause) {
    super("errno " + errno, cause);
    this.errno = errno;
  }

  /** The kernel's number. */
  public int errno() {
    return errno;
  }
}
