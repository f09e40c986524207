package org.hikae.device.restore;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;

/**
 * How names are spelt in directories of the target. Some file systems take several spellings for
 * one name, such as {@code A} and {@code a}; what is found under a name may then be another entry
 * of the snapshot, written a moment ago. A name is restored once, so one that was listed is not of
 * this run, whenever its directory was listed.
 */
final class SpeltNames {

  private final RawFiles files;
  private final IdentityHashMap<Fd, List<byte[]>> listed = new IdentityHashMap<>();

  SpeltNames(RawFiles files) {
    this.files = files;
  }

  /** Whether what is there under a name has exactly this name; the directory is listed once. */
  boolean has(Fd at, byte[] name) throws FileAccessException {
    List<byte[]> names = listed.get(at);
    if (names == null) {
      names = files.list(at);
      listed.put(at, names);
    }
    return Collections.binarySearch(names, name, Arrays::compareUnsigned) >= 0;
  }

  /** A directory is closed. */
  void left(Fd at) {
    listed.remove(at);
  }
}
