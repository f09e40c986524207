package org.hikae.device.backup;

import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;

/**
 * An entry by its open directory and its name. Its path is for people, and made only for them:
 * nearly no entry of a run is ever told of.
 *
 * @param at the directory, or the entry itself when it is open and {@code name} is empty
 * @param directory path of the directory, or of the entry itself
 */
record EntryLocation(FileHandle at, RawPath directory, byte[] name) {

  private static final byte[] ITSELF = {};

  /** An entry that is open. */
  static EntryLocation of(FileHandle open, RawPath path) {
    return new EntryLocation(open, path, ITSELF);
  }

  /** The path of the entry. */
  RawPath path() {
    return name.length == 0 ? directory : directory.child(name);
  }
}
