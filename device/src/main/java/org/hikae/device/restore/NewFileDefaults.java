package org.hikae.device.restore;

import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawFiles;
import org.jspecify.annotations.Nullable;

/**
 * Owner, group and mode that new files of one directory get by themselves: the same for all, and
 * often those that they shall have. Learnt from the first one.
 */
final class NewFileDefaults {

  private @Nullable FileStatus status;
  private boolean unknown;

  /**
   * What {@code file}, which was just made here, and all after it begin with; null when it cannot
   * be told.
   */
  @Nullable FileStatus of(RawFiles files, FileHandle file) {
    if (status == null && !unknown) {
      try {
        status = files.status(file);
      } catch (FileAccessException e) {
        unknown = true;
      }
    }
    return status;
  }
}
