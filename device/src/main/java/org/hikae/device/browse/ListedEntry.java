package org.hikae.device.browse;

import java.time.Instant;
import org.hikae.device.files.RawPath;

/**
 * One entry of a snapshot, for a list.
 *
 * @param path full path on the device that was backed up
 * @param type what it is
 * @param mode permission bits, such as 0644
 * @param uid owner
 * @param gid group
 * @param size bytes of a file, 0 otherwise
 * @param modified time of the last change
 * @param linkTarget where a symbolic link points, raw; empty otherwise
 */
public record ListedEntry(
    RawPath path,
    Type type,
    int mode,
    long uid,
    long gid,
    long size,
    Instant modified,
    byte[] linkTarget) {

  /** What an entry is. */
  public enum Type {
    /** A directory. */
    DIRECTORY,
    /** A regular file. */
    FILE,
    /** One more name of a file listed before. */
    HARD_LINK,
    /** A symbolic link. */
    SYMLINK,
    /** A named pipe. */
    FIFO
  }
}
