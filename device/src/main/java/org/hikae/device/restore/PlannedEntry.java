package org.hikae.device.restore;

import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.RawPath;

/**
 * What a restore would do with one entry.
 *
 * @param path where in the target, absolute
 * @param type what it would be: of the names of one file, one is the file and the others its links
 * @param action what would be done
 * @param size bytes of a file, 0 otherwise
 */
public record PlannedEntry(RawPath path, ListedEntry.Type type, Action action, long size) {

  /** What would be done with an entry. */
  public enum Action {
    /** It would be made. */
    CREATE,
    /** What is there would be replaced. */
    REPLACE,
    /** What is there would be left alone; a directory would be used as it is. */
    LEAVE,
    /**
     * It could not be restored: something that is never replaced is there, or the file is not
     * restored that it is a further name of.
     */
    BLOCKED
  }
}
