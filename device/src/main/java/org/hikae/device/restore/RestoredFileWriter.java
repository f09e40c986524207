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
  private final RestoreReport outcome;
  private final MetadataWriter metadata;
  private long bytesWritten;

  RestoredFileWriter(RawFiles files, RestoreTarget target, RestoreReport outcome) {
    this.files = files;
    this.target = target;
    this.outcome = outcome;
    this.metadata = new MetadataWriter(files);
  }

  /** What became of a file. */
  enum FileOutcome {
    /** It is there. */
    WHOLE,
    /** Stored bytes are damaged. */
    DAMAGED,
    /** It could not be written, or the backup could not read it. */
    UNWRITTEN
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
   * @param births what the directory gives to new files
   */
  FileOutcome restore(
      FileHandle at,
      RawPath path,
      ManifestRecord.FileStart start,
      ManifestReadAhead records,
      NewFileDefaults births)
      throws IOException, BackupStoreException, DamagedDataException {
    UnfinishedFile file = null;
    try {
      file = target.makeFile(at, start.name());
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
    }
    if (file == null) {
      passOver(records);
      return FileOutcome.UNWRITTEN;
    }
    try (UnfinishedFile made = file) {
      WriteState writing = new WriteState(start.metadata());
      ManifestRecord.FileEnd end = contents(made.fd(), writing, records);
      return finish(made, path, births, writing, end);
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
      FileHandle file, WriteState writing, ManifestReadAhead records)
      throws BackupStoreException, DamagedDataException {
    while (true) {
      switch (records.next()) {
        case ManifestRecord.Data data -> {
          for (int left = data.chunks().size(); left > 0 && writing.goesOn(); left--) {
            outcome.checkCancelled();
            write(file, writing, records);
          }
        }
        case ManifestRecord.Hole hole -> writing.position += hole.length();
        case ManifestRecord.Restart again -> {
          restart(file, writing, again);
          records.passing(!writing.goesOn());
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

  private void write(FileHandle file, WriteState writing, ManifestReadAhead records)
      throws BackupStoreException {
    try {
      byte[] chunk = records.chunk();
      files.write(file, writing.position, chunk, 0, chunk.length);
      writing.position += chunk.length;
      writing.size = writing.position;
      bytesWritten += chunk.length;
    } catch (DamagedDataException e) {
      writing.damage = e;
    } catch (FileAccessException e) {
      writing.refusal = e;
      // A part of the chunk may be there.
      writing.size = UNKNOWN;
    }
    // What is left of it is of no use.
    records.passing(!writing.goesOn());
  }

  private void restart(FileHandle file, WriteState writing, ManifestRecord.Restart again) {
    writing.metadata = again.metadata();
    writing.position = 0;
    writing.damage = null;
    writing.refusal = null;
    try {
      resize(file, writing, 0);
    } catch (FileAccessException e) {
      writing.refusal = e;
    }
  }

  private void resize(FileHandle file, WriteState writing, long size) throws FileAccessException {
    if (writing.size != size) {
      files.truncate(file, size);
      writing.size = size;
    }
  }

  private FileOutcome finish(
      UnfinishedFile file,
      RawPath path,
      NewFileDefaults births,
      WriteState writing,
      ManifestRecord.FileEnd end)
      throws FileAccessException {
    if (end.state() == State.VOID) {
      // The backup told that it could not be read; there is nothing to restore.
      return FileOutcome.UNWRITTEN;
    }
    if (writing.goesOn()) {
      try {
        resize(file.fd(), writing, end.length());
      } catch (FileAccessException e) {
        writing.refusal = e;
      }
    }
    DamagedDataException damage = writing.damage;
    FileAccessException refusal = writing.refusal;
    if (damage != null) {
      outcome.damaged(path, String.valueOf(damage.getMessage()));
      return FileOutcome.DAMAGED;
    }
    if (refusal != null) {
      outcome.unwritable(path, refusal);
      return FileOutcome.UNWRITTEN;
    }
    String failure = metadata.newFile(file.fd(), writing.metadata, births);
    try {
      target.giveName(file);
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      return FileOutcome.UNWRITTEN;
    }
    outcome.metadata(path, failure);
    outcome.counts().file(end.length(), false);
    return FileOutcome.WHOLE;
  }

  /** Plain bytes written. */
  long bytesWritten() {
    return bytesWritten;
  }
}
