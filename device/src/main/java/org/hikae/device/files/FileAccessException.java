package org.hikae.device.files;

import java.io.IOException;
import java.io.Serial;
import java.util.Map;

/** The system refused an operation on a file. Tells the operation, the name and the reason. */
public final class FileAccessException extends IOException {

  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EEXIST = 17;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ENODATA = 61;
  static final int EOPNOTSUPP = 95;
  static final int ENOTCONN = 107;
  static final int EDQUOT = 122;

  @Serial private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "EPERM: operation not permitted"),
          Map.entry(2, "ENOENT: no such file or directory"),
          Map.entry(5, "EIO: input/output error"),
          Map.entry(6, "ENXIO: no such device"),
          Map.entry(7, "E2BIG: too long"),
          Map.entry(13, "EACCES: permission denied"),
          Map.entry(16, "EBUSY: busy"),
          Map.entry(17, "EEXIST: exists already"),
          Map.entry(18, "EXDEV: other file system"),
          Map.entry(20, "ENOTDIR: not a directory"),
          Map.entry(21, "EISDIR: is a directory"),
          Map.entry(22, "EINVAL: invalid argument"),
          Map.entry(24, "EMFILE: too many open files"),
          Map.entry(27, "EFBIG: file too large"),
          Map.entry(28, "ENOSPC: no space left"),
          Map.entry(30, "EROFS: read-only file system"),
          Map.entry(31, "EMLINK: too many links"),
          Map.entry(34, "ERANGE: out of range"),
          Map.entry(36, "ENAMETOOLONG: name too long"),
          Map.entry(39, "ENOTEMPTY: directory not empty"),
          Map.entry(40, "ELOOP: symbolic link where none may be"),
          Map.entry(95, "EOPNOTSUPP: not supported"),
          Map.entry(107, "ENOTCONN: the program behind it is gone"),
          Map.entry(116, "ESTALE: file handle is stale"),
          Map.entry(122, "EDQUOT: quota exceeded"));

  private final int errno;

  FileAccessException(String operation, byte[] name, int errno) {
    super(operation + " " + RawPath.display(name) + ": " + reason(errno));
    this.errno = errno;
  }

  private static String reason(int errno) {
    return NAMES.getOrDefault(errno, "error " + errno);
  }

  /** The reason without names, such as {@code "EACCES: permission denied"}. */
  public String reason() {
    return reason(errno);
  }

  /** Whether there is nothing of that name. */
  public boolean isMissing() {
    return errno == ENOENT;
  }

  /** Whether the file system is one of a program that has ended. */
  public boolean isDisconnected() {
    return errno == ENOTCONN;
  }

  /** Whether there is something of that name already. */
  public boolean isExisting() {
    return errno == EEXIST;
  }

  /** What is said of a name that is taken. */
  public static FileAccessException existing(byte[] name) {
    return new FileAccessException("make", name, EEXIST);
  }

  /** Whether this file system or kernel does not know the operation. */
  public boolean isUnsupported() {
    return errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL;
  }

  /** Whether the file system is full, so that further writing is useless. */
  public boolean isOutOfSpace() {
    return errno == ENOSPC || errno == EDQUOT;
  }

  int errno() {
    return errno;
  }
}
