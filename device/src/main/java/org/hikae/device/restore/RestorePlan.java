package org.hikae.device.restore;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;

/**
 * Says what a restore would do: reads the manifest and looks at the target. Nothing is written or
 * made, and no contents are fetched.
 */
public final class RestorePlan {

  private final BackupStore store;
  private final BackupKey key;
  private final Supplier<RawFiles> rawFiles;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public RestorePlan(BackupStore store, BackupKey key) {
    this(store, key, RawFiles::open);
  }

  /** Looks by what {@code rawFiles} opens. */
  RestorePlan(BackupStore store, BackupKey key, Supplier<RawFiles> rawFiles) {
    this.store = store;
    this.key = key;
    this.rawFiles = rawFiles;
  }

  /**
   * Tells every entry that the request would restore.
   *
   * @param sink takes entries in the order of the manifest; further names of some files come last
   * @throws BackupStoreException when the store fails or the snapshot is damaged (result CORRUPT)
   * @throws IOException as {@link Restore#run} would throw it for this target and selection
   */
  public void plan(RestoreRequest request, Consumer<PlannedEntry> sink)
      throws BackupStoreException, IOException {
    try (RawFiles files = rawFiles.get();
        OpenedSnapshot snapshot = OpenedSnapshot.open(store, key, request.snapshot());
        FileHandle top = RestoreTarget.find(files, request.target(), request.overwrite());
        DirectoryStack directories = new DirectoryStack(files, top)) {
      ConflictCheck conflictCheck = new ConflictCheck(files, request.overwrite());
      RestorePlanSink planning = new RestorePlanSink(request.target(), directories, sink);
      new RestoreWalk<>(snapshot, files, conflictCheck, planning).walk(request.selection());
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }
}
