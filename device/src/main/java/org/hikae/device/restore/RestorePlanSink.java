package org.hikae.device.restore;

import java.util.function.Consumer;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.restore.ConflictCheck.Resolution;
import org.hikae.device.restore.RestoredFileWriter.FileOutcome;
import org.hikae.device.restore.fetch.ManifestPass;
import org.hikae.device.restore.fetch.RecordSource;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/** Tells what would be done with each entry, and only looks. */
final class RestorePlanSink implements RestoreSink<RecordSource> {

  private final RawPath target;
  private final DirectoryStack directories;
  private final Consumer<PlannedEntry> out;

  RestorePlanSink(RawPath target, DirectoryStack directories, Consumer<PlannedEntry> out) {
    this.target = target;
    this.directories = directories;
    this.out = out;
  }

  private void tell(RawPath path, ListedEntry.Type type, Resolution resolution, long size) {
    PlannedEntry.Action action =
        switch (resolution) {
          case ABSENT -> PlannedEntry.Action.CREATE;
          case REPLACE -> PlannedEntry.Action.REPLACE;
          case SAME, LEAVE -> PlannedEntry.Action.LEAVE;
          case BLOCKED -> PlannedEntry.Action.BLOCKED;
        };
    RawPath absolute = target;
    for (int i = 0; i < path.depth(); i++) {
      absolute = absolute.child(path.name(i));
    }
    out.accept(new PlannedEntry(absolute, type, action, size));
  }

  @Override
  public void checkCancelled() {
    // Whoever plans only has to be ended.
  }

  @Override
  public RecordSource read(RecordSource records, @Nullable ManifestPass pass) {
    return records;
  }

  @Override
  public @Nullable FileHandle directory() {
    return directories.current();
  }

  @Override
  public void enterTarget(@Nullable EntryMetadata metadata) {
    directories.enter(RawPath.ROOT);
  }

  @Override
  public void enter(RawPath path, ManifestRecord.Enter directory, Resolution resolution) {
    tell(path, ListedEntry.Type.DIRECTORY, resolution, 0);
    directories.enter(directory.name());
  }

  @Override
  public void enterAgain(RawPath path) {
    directories.enter(path);
  }

  @Override
  public void leave() {
    directories.leave();
  }

  @Override
  public FileOutcome file(
      RawPath path, ManifestRecord.FileStart file, Resolution resolution, RecordSource records)
      throws DamagedDataException, BackupStoreException {
    ManifestRecord record = records.next();
    while (record != null && !(record instanceof ManifestRecord.FileEnd)) {
      record = records.next();
    }
    if (!(record instanceof ManifestRecord.FileEnd end) || end.state() == State.VOID) {
      return FileOutcome.VOID;
    }
    tell(path, ListedEntry.Type.FILE, resolution, end.length());
    return FileOutcome.WHOLE;
  }

  @Override
  public void link(RawPath path, RawPath first, Resolution resolution) {
    tell(path, ListedEntry.Type.HARD_LINK, resolution, 0);
  }

  @Override
  public void other(RawPath path, ManifestRecord.Entry entry, Resolution resolution) {
    boolean link = entry instanceof ManifestRecord.Symlink;
    tell(path, link ? ListedEntry.Type.SYMLINK : ListedEntry.Type.FIFO, resolution, 0);
  }

  @Override
  public void leaveAlone(RawPath path, ListedEntry.Type type, Resolution resolution, long size) {
    tell(path, type, resolution, size);
  }

  @Override
  public void unwritable(RawPath path, ListedEntry.Type type, FileAccessException e) {
    tell(path, type, Resolution.BLOCKED, 0);
  }

  @Override
  public void notLinked(RawPath path, boolean damaged) {
    tell(path, ListedEntry.Type.HARD_LINK, Resolution.BLOCKED, 0);
  }
}
