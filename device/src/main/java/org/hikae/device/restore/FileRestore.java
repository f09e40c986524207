package org.hikae.device.restore;

import java.io.IOException;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.restore.fetch.Outcome;
import org.hikae.device.restore.fetch.ReadAhead;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file. It gets its name when it is whole, with all its metadata: what is there under
 * its name, after a restore or after one that was interrupted, is the whole file or what was there
 * before.
 */
final class FileRestore {

  private static final long UNKNOWN = -1;

  private final RawFiles files;
  private final Target target;
  private final Outcome outcome;
  private final MetadataWriter metadata;
  private long bytesWritten;

  FileRestore(RawFiles files, Target target, Outcome outcome) {
    this.files = files;
    this.target = target;
    this.outcome = outcome;
    this.metadata = new MetadataWriter(files);
  }

  /** What became of a file. */
  enum Restored {
    /** It is there. */
    WHOLE,
    /** Stored bytes are damaged. */
    DAMAGED,
    /** It could not be written, or the backup could not read it. */
    UNWRITTEN
  }

  /** How writing stands; the first trouble ends it until contents start again. */
  private static final class Writing {
    private Metadata metadata;
    private long position;

    /** Where the file ends as it is now; a hole at its end is not there yet. */
    private long size;

    private @Nullable DamagedException damage;
    private @Nullable FileAccessException refusal;

    Writing(Metadata metadata) {
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
  Restored restore(
      Fd at, RawPath path, TreeRecord.FileStart start, ReadAhead records, Births births)
      throws IOException, StoreException, DamagedException {
    NewFile file = null;
    try {
      file = target.makeFile(at, start.name());
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
    }
    if (file == null) {
      passOver(records);
      return Restored.UNWRITTEN;
    }
    try (NewFile made = file) {
      Writing writing = new Writing(start.metadata());
      TreeRecord.FileEnd end = contents(made.fd(), writing, records);
      return finish(made, path, births, writing, end);
    }
  }

  private static void passOver(ReadAhead records) throws StoreException, DamagedException {
    records.passing(true);
    TreeRecord record;
    do {
      record = records.next();
    } while (record != null && !(record instanceof TreeRecord.FileEnd));
    records.passing(false);
  }

  private TreeRecord.FileEnd contents(Fd file, Writing writing, ReadAhead records)
      throws StoreException, DamagedException {
    while (true) {
      switch (records.next()) {
        case TreeRecord.Data data -> {
          for (int left = data.chunks().size(); left > 0 && writing.goesOn(); left--) {
            outcome.checkCancelled();
            write(file, writing, records);
          }
        }
        case TreeRecord.Hole hole -> writing.position += hole.length();
        case TreeRecord.Restart again -> {
          restart(file, writing, again);
          records.passing(!writing.goesOn());
        }
        case TreeRecord.FileEnd end -> {
          records.passing(false);
          return end;
        }
        case null, default ->
            throw new DamagedException("The manifest has something else within a file.");
      }
    }
  }

  private void write(Fd file, Writing writing, ReadAhead records) throws StoreException {
    try {
      byte[] chunk = records.chunk();
      files.write(file, writing.position, chunk, 0, chunk.length);
      writing.position += chunk.length;
      writing.size = writing.position;
      bytesWritten += chunk.length;
    } catch (DamagedException e) {
      writing.damage = e;
    } catch (FileAccessException e) {
      writing.refusal = e;
      // A part of the chunk may be there.
      writing.size = UNKNOWN;
    }
    // What is left of it is of no use.
    records.passing(!writing.goesOn());
  }

  private void restart(Fd file, Writing writing, TreeRecord.Restart again) {
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

  private void resize(Fd file, Writing writing, long size) throws FileAccessException {
    if (writing.size != size) {
      files.truncate(file, size);
      writing.size = size;
    }
  }

  private Restored finish(
      NewFile file, RawPath path, Births births, Writing writing, TreeRecord.FileEnd end)
      throws FileAccessException {
    if (end.state() == State.VOID) {
      // The backup told that it could not be read; there is nothing to restore.
      return Restored.UNWRITTEN;
    }
    if (writing.goesOn()) {
      try {
        resize(file.fd(), writing, end.length());
      } catch (FileAccessException e) {
        writing.refusal = e;
      }
    }
    DamagedException damage = writing.damage;
    FileAccessException refusal = writing.refusal;
    if (damage != null) {
      outcome.damaged(path, String.valueOf(damage.getMessage()));
      return Restored.DAMAGED;
    }
    if (refusal != null) {
      outcome.unwritable(path, refusal);
      return Restored.UNWRITTEN;
    }
    String failure = metadata.newFile(file.fd(), writing.metadata, births);
    try {
      target.giveName(file);
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      return Restored.UNWRITTEN;
    }
    outcome.metadata(path, failure);
    outcome.counts().file(end.length(), false);
    return Restored.WHOLE;
  }

  /** Plain bytes written. */
  long bytesWritten() {
    return bytesWritten;
  }
}
