package org.hikae.admin.port;

import java.io.IOException;
import java.nio.file.Path;

/** The room on the disks of this computer. */
@FunctionalInterface
public interface DiskVolumes {

  /**
   * Room of the volume that a path lies on.
   *
   * @param freeBytes what this user may still fill
   * @param totalBytes its size
   */
  record FreeSpace(long freeBytes, long totalBytes) {}

  /** Looks at the volume that holds {@code path}. */
  FreeSpace of(Path path) throws IOException;
}
