package org.hikae.device.restore;

import java.io.IOException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.restore.fetch.ManifestReadAhead;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file. It gets its name when it is whole, with all its metadata: what is there under
 * its name, after a restore or after one that was interrupted, is the whole file or what was there
 * before.
 */
final class RestoredFileWriter {

  private static final long UNKNOWN = -1;

  private final RawFiles files;
  private final RestoreTarget target;
  private final RestoreReport restoreReport;
  private final MetadataWriter metadata;
  private long bytesWritten;

  RestoredFileWriter(RawFiles files, RestoreTarget target, RestoreReport restoreReport) {
    this.files = files;
    this.target = target;
    this.restoreReport = restoreReport;
    this.metadata = new MetadataWriter(files);
  }

  /** What became of a file. */
  enum FileOutcome {
    /** It is there. */
    WHOLE,
    /** Stored bytes are damaged. */
    DAMAGED,
    /** It could not be written. */
    UNWRITTEN,
    /** The backup could not read it, and told so then. */
    VOID
  }

  /** How writing stands; the first trouble ends it until contents start again. */
  private static final class WriteState {
    private EntryMetadata metadata;
    private long position;

    /** Where the file ends as it is now; a hole at its end is not there yet. */
    private long size;

    private @Nullable DamagedDataException damage;
    private @Nullable FileAccessException refusal;

    WriteState(EntryMetadata metadata) {
      this.metadata = metadata;
    }

    boolean goesOn() {
      return damage == null && refusal == null;
    }
  }

  /**
   * Restores a file whose start was read; always reads to its end.
   *
   * @param newFileDefaults what the directory gives to new files
   */
  FileOutcome restore(
      FileHandle at,
      RawPath path,
      ManifestRecord.FileStart start,
      ManifestReadAhead records,
      NewFileDefaults newFileDefaults)
      throws IOException, BackupStoreException, DamagedDataException {
    UnfinishedFile file = null;
    try {
      file = target.makeFile(at, start.name());
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
    }
    if (file == null) {
      passOver(records);
      return FileOutcome.UNWRITTEN;
    }
    try (UnfinishedFile made = file) {
      WriteState writeState = new WriteState(start.metadata());
      restoreReport.within(path, 0);
      ManifestRecord.FileEnd end = contents(made.fd(), path, writeState, records);
      return finish(made, path, newFileDefaults, writeState, end);
    }
  }

  private static void passOver(ManifestReadAhead records)
      throws BackupStoreException, DamagedDataException {
    records.passing(true);
    ManifestRecord record;
    do {
      record = records.next();
    } while (record != null && !(record instanceof ManifestRecord.FileEnd));
    records.passing(false);
  }

  private ManifestRecord.FileEnd contents(
      FileHandle file, RawPath path, WriteState writeState, ManifestReadAhead records)
      throws BackupStoreException, DamagedDataException {
    while (true) {
      switch (records.next()) {
        case ManifestRecord.Data data -> {
          for (int left = data.chunks().size(); left > 0 && writeState.goesOn(); left--) {
            restoreReport.checkCancelled();
            write(file, writeState, records);
            restoreReport.within(path, writeState.position);
          }
        }
        case ManifestRecord.Hole hole -> writeState.position += hole.length();
        case ManifestRecord.Restart again -> {
          restart(file, writeState, again);
          records.passing(!writeState.goesOn());
        }
        case ManifestRecord.FileEnd end -> {
          records.passing(false);
          return end;
        }
        case null, default ->
            throw new DamagedDataException("The manifest has something else within a file.");
      }
    }
  }

  private void write(FileHandle file, WriteState writeState, ManifestReadAhead records)
      throws BackupStoreException {
    try {
      ChunkContent chunk = records.chunk();
      files.write(file, writeState.position, chunk.bytes(), chunk.offset(), chunk.length());
      writeState.position += chunk.length();
      writeState.size = writeState.position;
      bytesWritten += chunk.length();
    } catch (DamagedDataException e) {
      writeState.damage = e;
    } catch (FileAccessException e) {
      writeState.refusal = e;
      // A part of the chunk may be there.
      writeState.size = UNKNOWN;
    }
    // What is left of it is of no use.
    records.passing(!writeState.goesOn());
  }

  private void restart(FileHandle file, WriteState writeState, ManifestRecord.Restart again) {
    writeState.metadata = again.metadata();
    writeState.position = 0;
    writeState.damage = null;
    writeState.refusal = null;
    try {
      resize(file, writeState, 0);
    } catch (FileAccessException e) {
      writeState.refusal = e;
    }
  }

  private void resize(FileHandle file, WriteState writeState, long size)
      throws FileAccessException {
    if (writeState.size != size) {
      files.truncate(file, size);
      writeState.size = size;
    }
  }

  private FileOutcome finish(
      UnfinishedFile file,
      RawPath path,
      NewFileDefaults newFileDefaults,
      WriteState writeState,
      ManifestRecord.FileEnd end)
      throws FileAccessException {
    if (end.state() == State.VOID) {
      return FileOutcome.VOID;
    }
    if (writeState.goesOn()) {
      try {
        resize(file.fd(), writeState, end.length());
      } catch (FileAccessException e) {
        writeState.refusal = e;
      }
    }
    DamagedDataException damage = writeState.damage;
    FileAccessException refusal = writeState.refusal;
    if (damage != null) {
      restoreReport.damaged(path, String.valueOf(damage.getMessage()));
      return FileOutcome.DAMAGED;
    }
    if (refusal != null) {
      restoreReport.unwritable(path, refusal);
      return FileOutcome.UNWRITTEN;
    }
    String failure = metadata.newFile(file.fd(), writeState.metadata, newFileDefaults);
    try {
      target.giveName(file);
    } catch (FileAccessException e) {
      restoreReport.unwritable(path, e);
      return FileOutcome.UNWRITTEN;
    }
    restoreReport.metadata(path, failure);
    if (end.state() == State.CHANGED) {
      restoreReport.changedInBackup(path);
    }
    restoreReport.counts().file(end.length(), false);
    return FileOutcome.WHOLE;
  }

  /** Plain bytes written. */
  long bytesWritten() {
    return bytesWritten;
  }
}
