package org.hikae.device.restore;

import java.io.IOException;
import org.hikae.device.backup.OpenSnapshot;
import org.hikae.device.backup.StoreException;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.LinuxFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file. A file that is damaged, or cannot be written to its end, is removed again: what
 * is there after a restore is whole.
 */
final class FileRestore {

  private final OpenSnapshot snapshot;
  private final LinuxFiles files;
  private final Target target;
  private final Outcome outcome;
  private final MetadataWriter metadata;
  private long bytesWritten;

  FileRestore(OpenSnapshot snapshot, LinuxFiles files, Target target, Outcome outcome) {
    this.snapshot = snapshot;
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

  /** Gives the records of the file's contents. */
  @FunctionalInterface
  interface Records {
    @Nullable TreeRecord next() throws DamagedException, StoreException;
  }

  /** How writing stands; the first trouble ends it until contents start again. */
  private static final class Writing {
    private Metadata metadata;
    private long position;
    private @Nullable DamagedException damage;
    private @Nullable FileAccessException refusal;

    Writing(Metadata metadata) {
      this.metadata = metadata;
    }

    boolean goesOn() {
      return damage == null && refusal == null;
    }
  }

  /** Restores a file whose start was read; always reads to its end. */
  Restored restore(Fd at, RawPath path, TreeRecord.FileStart start, Records records)
      throws IOException, StoreException, DamagedException {
    Writing writing = new Writing(start.metadata());
    Fd file = null;
    try {
      file = target.makeFile(at, start.name());
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
    }
    if (file == null) {
      passOver(records);
      return Restored.UNWRITTEN;
    }
    Restored restored = Restored.UNWRITTEN;
    try (Fd open = file) {
      TreeRecord.FileEnd end = contents(open, writing, records);
      restored = finish(open, at, path, start.name(), writing, end);
    } finally {
      if (restored != Restored.WHOLE) {
        remove(at, start.name());
      }
    }
    return restored;
  }

  private static void passOver(Records records) throws StoreException, DamagedException {
    TreeRecord record;
    do {
      record = records.next();
    } while (record != null && !(record instanceof TreeRecord.FileEnd));
  }

  private TreeRecord.FileEnd contents(Fd file, Writing writing, Records records)
      throws StoreException, DamagedException {
    while (true) {
      switch (records.next()) {
        case TreeRecord.Data data -> {
          for (ChunkRef ref : data.chunks()) {
            outcome.checkCancelled();
            write(file, writing, ref);
          }
        }
        case TreeRecord.Hole hole -> writing.position += hole.length();
        case TreeRecord.Restart again -> restart(file, writing, again);
        case TreeRecord.FileEnd end -> {
          return end;
        }
        case null, default ->
            throw new DamagedException("The manifest has something else within a file.");
      }
    }
  }

  private void write(Fd file, Writing writing, ChunkRef ref) throws StoreException {
    if (!writing.goesOn()) {
      return;
    }
    try {
      byte[] chunk = snapshot.chunk(ref);
      files.write(file, writing.position, chunk, 0, chunk.length);
      writing.position += chunk.length;
      bytesWritten += chunk.length;
    } catch (DamagedException e) {
      writing.damage = e;
    } catch (FileAccessException e) {
      writing.refusal = e;
    }
  }

  private void restart(Fd file, Writing writing, TreeRecord.Restart again) {
    writing.metadata = again.metadata();
    writing.position = 0;
    writing.damage = null;
    writing.refusal = null;
    try {
      files.truncate(file, 0);
    } catch (FileAccessException e) {
      writing.refusal = e;
    }
  }

  private Restored finish(
      Fd file, Fd at, RawPath path, byte[] name, Writing writing, TreeRecord.FileEnd end)
      throws FileAccessException {
    if (end.state() == State.VOID) {
      // The backup told that it could not be read; there is nothing to restore.
      return Restored.UNWRITTEN;
    }
    if (writing.goesOn()) {
      try {
        files.truncate(file, end.length());
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
    outcome.metadata(path, metadata.file(file, at, name, writing.metadata));
    outcome.counts().file(end.length(), false);
    return Restored.WHOLE;
  }

  private void remove(Fd at, byte[] name) {
    try {
      files.remove(at, name);
    } catch (FileAccessException e) {
      // It was told already that this file is not restored.
    }
  }

  /** Plain bytes written. */
  long bytesWritten() {
    return bytesWritten;
  }
}
