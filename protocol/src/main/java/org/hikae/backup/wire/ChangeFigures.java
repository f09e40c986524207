package org.hikae.backup.wire;

/**
 * How a backup differs from the one before, as coarsely as the portal may know it (spec HK1-R-20):
 * told at the end of a backup by a device whose employee agreed to a text that names it.
 *
 * @param files how large a part of the files was changed
 * @param names how large a part of the names is gone, by renaming or deleting
 * @param content what new and changed files look like
 */
public record ChangeFigures(ChangeLevel files, ChangeLevel names, EntropyKind content) {

  /** The larger of both parts. */
  public ChangeLevel level() {
    return files.compareTo(names) < 0 ? names : files;
  }
}
