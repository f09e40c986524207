package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What is wrong with the folder of files. */
public enum VolumeFault {
  /** No room, or the user's quota of the file system is used up. */
  FULL,
  /** The file system takes no writes; Linux does this by itself after some errors. */
  READ_ONLY,
  /** The portal's user may not do what it has to. */
  ACCESS,
  /** The disk or the connection to it fails. */
  FAILING,
  /** The folder has no mark: a volume that is not mounted, or a wrong path. */
  NOT_THERE,
  /** The folder has the mark of another database. */
  FOREIGN;

  /** What the kernel's words say; Java has no type for most of them. */
  static VolumeFault of(IOException failure) {
    if (failure instanceof VolumeException known) {
      return known.fault();
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return FULL;
    }
    if (text.contains("Read-only file system")) {
      return READ_ONLY;
    }
    return switch (failure) {
      case AccessDeniedException _ -> ACCESS;
      case NoSuchFileException _ -> NOT_THERE;
      default -> FAILING;
    };
  }
}
