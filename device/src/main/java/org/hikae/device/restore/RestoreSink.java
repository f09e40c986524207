package org.hikae.device.restore;

import java.io.IOException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.RestoredFileWriter.FileOutcome;
import org.hikae.device.restore.fetch.ManifestPass;
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the entries that {@link RestoreWalk} goes through: they are written, or only
 * told. Paths are from the target.
 *
 * @param <R> how records are read
 */
interface RestoreSink<R extends RecordSource> {

  /** Asked before each record; throws when the run was cancelled. */
  void checkCancelled();

  /**
   * Begins to read.
   *
   * @param pass goes through the same records once more; without it one reads ahead to the end of a
   *     file only
   */
  R read(RecordSource records, @Nullable ManifestPass pass);

  /** Where the next entry goes; null where no such directory is there. */
  @Nullable FileHandle directory();

  /** Begins with the target; {@code metadata} are those of the directory that it stands for. */
  void enterTarget(@Nullable EntryMetadata metadata);

  /** Makes a directory, or uses the one that is there, until it is left. */
  void enter(RawPath path, ManifestRecord.Enter directory, Resolution resolution)
      throws FileAccessException;

  /** Goes back into a directory that was left already. */
  void enterAgain(RawPath path) throws FileAccessException;

  /** Leaves the directory that was entered last. */
  void leave();

  /** Does a file whose start was read; always reads to its end. */
  FileOutcome file(RawPath path, ManifestRecord.FileStart file, Resolution resolution, R records)
      throws IOException, BackupStoreException, DamagedDataException;

  /** Makes a further name of the file at {@code first}. */
  void link(RawPath path, RawPath first, Resolution resolution) throws FileAccessException;

  /** Makes a symbolic link or a named pipe. */
  void other(RawPath path, ManifestRecord.Entry entry, Resolution resolution)
      throws FileAccessException;

  /** Leaves alone what is there: the entry itself, something else, or what blocks the entry. */
  void leaveAlone(RawPath path, ListedEntry.Type type, Resolution resolution, long size)
      throws FileAccessException;

  /** An entry cannot be looked for or made. Throws when no other could be either. */
  void unwritable(RawPath path, ListedEntry.Type type, FileAccessException e)
      throws FileAccessException;

  /** A further name of a file that is not restored. */
  void notLinked(RawPath path, boolean damaged);
}
