package org.hikae.device.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells whether a full disk, or a quota that is used up, is why something could not be written. */
public final class DiskFullCheck {

  /** Less room than this takes no file of the agent. */
  private static final long LEAST_BYTES = 16 * 1024;

  private static final int MAX_CAUSES = 10;

  private DiskFullCheck() {}

  /**
   * Whether it is the reason of a failure.
   *
   * @param place where something was to be written, if that is known
   */
  public static boolean isBehind(@Nullable Throwable failure, @Nullable Path place) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof FileAccessException access) {
        return access.isOutOfSpace();
      }
      if (cause instanceof IOException io && (says(io) || hasNoRoom(io, place))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** The kernel's words, where they are English. */
  private static boolean says(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  /** In other languages only the room that is left tells. */
  private static boolean hasNoRoom(IOException failure, @Nullable Path place) {
    Path where = place;
    if (failure instanceof FileSystemException named && named.getFile() != null) {
      where = Path.of(named.getFile());
    }
    while (where != null && !Files.exists(where)) {
      where = where.getParent();
    }
    try {
      return where != null && Files.getFileStore(where).getUsableSpace() < LEAST_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
