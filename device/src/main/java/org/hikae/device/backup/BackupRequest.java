package org.hikae.device.backup;

import java.util.List;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.RawPath;
import org.hikae.device.snapshot.SeriesPosition;
import org.jspecify.annotations.Nullable;

/**
 * What to back up.
 *
 * @param paths absolute paths of files or directories; a path that is a symbolic link is followed
 * @param excludes patterns of what to leave out, see {@link ExcludeRules}
 * @param oneFileSystem whether to stay on the file system of each path
 * @param lastSeen newest snapshot of this device's series that the device remembers; an older or
 *     other one in the store is refused
 */
public record BackupRequest(
    List<RawPath> paths,
    ExcludeRules excludes,
    boolean oneFileSystem,
    @Nullable SeriesPosition lastSeen) {

  /** Most paths in one request. */
  public static final int MAX_PATHS = 1000;

  /** Copies the list and checks that there is something to do. */
  public BackupRequest {
    if (paths.isEmpty() || paths.size() > MAX_PATHS) {
      throw new IllegalArgumentException("1 to " + MAX_PATHS + " paths, not " + paths.size());
    }
    paths = List.copyOf(paths);
  }
}
