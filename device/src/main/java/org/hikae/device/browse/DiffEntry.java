package org.hikae.device.browse;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.device.files.RawPath;

/**
 * One entry that is not the same in two snapshots.
 *
 * @param path full path on the device that was backed up
 * @param kind which of the snapshots has it
 * @param type what it is in the newer one; in the older one when it was removed
 * @param differences what differs when both have it; empty otherwise
 * @param oldSize bytes of a file in the older one, 0 otherwise
 * @param newSize bytes of a file in the newer one, 0 otherwise
 */
public record DiffEntry(
    RawPath path,
    Kind kind,
    ListedEntry.Type type,
    Set<Difference> differences,
    long oldSize,
    long newSize) {

  /** Copies the set. */
  public DiffEntry {
    differences =
        differences.isEmpty() ? EnumSet.noneOf(Difference.class) : EnumSet.copyOf(differences);
  }

  /** Which of the snapshots has the entry. */
  public enum Kind {
    /** The newer one only. */
    ADDED,
    /** The older one only. */
    REMOVED,
    /** Both, and it differs. */
    CHANGED
  }

  /** What can differ. */
  public enum Difference {
    /** What it is, such as a file that became a directory; nothing else is compared then. */
    TYPE,
    /** The bytes of a file, or where a symbolic link points. */
    CONTENTS,
    /** Mode, owner, group, attributes or, of anything but a directory, time of change. */
    METADATA
  }
}
