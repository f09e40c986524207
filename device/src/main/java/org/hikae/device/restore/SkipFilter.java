package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The records of what is restored, without the contents of files that are left alone: it stands
 * before what reads ahead, so that nothing is fetched for them. It looks at the target by
 * descriptors of its own, which may run ahead of those that write; what is written meanwhile lies
 * before it in the order of the manifest and changes none of its findings.
 */
final class SkipFilter implements AutoCloseable {

  private final ConflictCheck conflictCheck;
  private final RecordSource in;
  private final DirectoryStack directories;
  private final Deque<ManifestRecord> waiting = new ArrayDeque<>();

  /** What was found of files that were given out and not asked for yet. */
  private final IdentityHashMap<ManifestRecord.FileStart, Resolution> found =
      new IdentityHashMap<>();

  private boolean topSeen;

  /**
   * {@code top}: where entries without a directory in {@code in} lie; null when it is not there.
   */
  SkipFilter(
      RawFiles files, ConflictCheck conflictCheck, RecordSource in, @Nullable FileHandle top) {
    this.conflictCheck = conflictCheck;
    this.in = in;
    this.directories = new DirectoryStack(files, top);
  }

  /** The next record; of a file that is left alone its start and its end only. */
  @Nullable ManifestRecord next() throws DamagedDataException, BackupStoreException {
    ManifestRecord before = waiting.pollFirst();
    if (before != null) {
      return before;
    }
    ManifestRecord record = in.next();
    switch (record) {
      case ManifestRecord.Enter directory -> enter(directory);
      case ManifestRecord.Leave l -> directories.leave();
      case ManifestRecord.FileStart file -> file(file);
      case null, default -> {
        // Nothing is left out of it.
      }
    }
    return record;
  }

  /** What was found for a file that {@link #next} gave; asked for once. */
  Resolution finding(ManifestRecord.FileStart file) {
    Resolution resolution = found.remove(file);
    return resolution == null ? Resolution.ABSENT : resolution;
  }

  private void enter(ManifestRecord.Enter directory) {
    if (topSeen) {
      directories.enter(directory.name());
    }
    topSeen = true;
  }

  private void file(ManifestRecord.FileStart file)
      throws DamagedDataException, BackupStoreException {
    topSeen = true;
    Resolution resolution = look(file, file.metadata(), file.size());
    while (!resolution.writes()) {
      ManifestRecord record = in.next();
      if (record instanceof ManifestRecord.Restart again) {
        resolution = look(file, again.metadata(), again.size());
        if (resolution.writes()) {
          // What came before does not count, so it need not be written.
          waiting.add(again);
        }
      } else if (record == null || record instanceof ManifestRecord.FileEnd) {
        if (record != null) {
          waiting.add(record);
        }
        break;
      }
    }
    if (resolution != Resolution.ABSENT) {
      found.put(file, resolution);
    }
  }

  private Resolution look(ManifestRecord.FileStart file, EntryMetadata metadata, long size) {
    try {
      return conflictCheck.file(directories.current(), file.name(), metadata, size);
    } catch (FileAccessException e) {
      // Writing will tell.
      return Resolution.ABSENT;
    }
  }

  @Override
  public void close() {
    directories.close();
  }
}
