package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What is wrong with the folder of files, or with the bucket. */
public enum VolumeFault {
  /** No room, or the quota of a user or a bucket is used up. */
  FULL,
  /** The file system takes no writes; Linux does this by itself after some errors. */
  READ_ONLY,
  /** The portal's user, or who its credentials are, may not do what it has to. */
  ACCESS,
  /** The disk, the connection to it, or the server with the bucket fails. */
  FAILING,
  /** The folder has no mark: a volume that is not mounted, or a wrong path; no such bucket. */
  NOT_THERE,
  /** The folder or bucket has the mark of another database. */
  FOREIGN,
  /** The server knows no such access key, or its secret is another one. */
  CREDENTIALS,
  /** The clocks of portal and server are too far apart. */
  CLOCK,
  /** The server asks for fewer requests. */
  BUSY,
  /** No server answers at the address, or not in time. */
  UNREACHABLE,
  /** The server's certificate is not of an authority that the portal trusts. */
  UNTRUSTED;

  /**
   * Whether the place as a whole cannot be reached or used, for now or by these settings: it says
   * nothing of any object.
   */
  public boolean isOfThePlace() {
    return switch (this) {
      case NOT_THERE, FOREIGN, CREDENTIALS, CLOCK, BUSY, UNREACHABLE, UNTRUSTED -> true;
      case FULL, READ_ONLY, ACCESS, FAILING -> false;
    };
  }

  /** What the kernel's words say; Java has no type for most of them. */
  public static VolumeFault of(IOException failure) {
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
