package org.hikae.device.restore;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawFiles;

/**
 * How names are spelt in directories of the target. Some file systems take several spellings for
 * one name, such as {@code A} and {@code a}; what is found under a name may then be another entry
 * of the snapshot, written a moment ago. A name is restored once, so one that was listed is not of
 * this run, whenever its directory was listed.
 *
 * <p>A directory is known by its inode: it is opened for each of its hard links, and what looks
 * ahead has another descriptor of it than what writes. A run removes no directory, so no inode that
 * was listed becomes another directory's by its doing.
 */
final class NameSpellings {

  /** What the names may take of the heap; beyond it those asked for longest ago are dropped. */
  static final long MAX_BYTES = 32L << 20;

  /** What a short name takes beside its bytes: the array's header, padding, and the reference. */
  private static final int OVERHEAD = 24;

  private final RawFiles files;
  private final long maxBytes;

  /** What was asked for longest ago first. */
  private final LinkedHashMap<Directory, Names> listed = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  NameSpellings(RawFiles files) {
    this(files, MAX_BYTES);
  }

  NameSpellings(RawFiles files, long maxBytes) {
    this.files = files;
    this.maxBytes = maxBytes;
  }

  private record Directory(long device, long inode) {}

  private record Names(List<byte[]> sorted, long bytes) {

    static Names of(List<byte[]> sorted) {
      return new Names(sorted, sorted.stream().mapToLong(name -> name.length + OVERHEAD).sum());
    }
  }

  /** Whether what is there under a name has exactly this name. */
  boolean has(FileHandle at, byte[] name) throws FileAccessException {
    FileStatus status = files.status(at);
    Directory directory = new Directory(status.device(), status.inode());
    Names names = listed.get(directory);
    if (names == null) {
      names = Names.of(files.list(at));
      keep(directory, names);
    }
    return Collections.binarySearch(names.sorted(), name, Arrays::compareUnsigned) >= 0;
  }

  private void keep(Directory directory, Names names) {
    bytes += names.bytes();
    Iterator<Map.Entry<Directory, Names>> oldest = listed.entrySet().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      bytes -= oldest.next().getValue().bytes();
      oldest.remove();
    }
    listed.put(directory, names);
  }
}
