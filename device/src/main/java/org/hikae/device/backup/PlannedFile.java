package org.hikae.device.backup;

import org.hikae.device.files.RawPath;

/**
 * What a backup would do with one regular file; further names of a file are not told.
 *
 * @param path where it is
 * @param state what it is to the previous snapshot
 * @param size its bytes, which would be read unless it is unchanged
 */
public record PlannedFile(RawPath path, State state, long size) {

  /** What a file is to the previous snapshot. */
  public enum State {
    /** That has no such file. */
    NEW,
    /** It is another one, or changed so lately that only reading tells. */
    CHANGED,
    /** It would be taken over unread. */
    UNCHANGED
  }
}
