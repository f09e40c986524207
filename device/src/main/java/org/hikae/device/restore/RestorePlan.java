package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a restore would do: reads the manifest and looks at the target. Nothing is written or
 * made, and no contents are fetched.
 */
public final class RestorePlan {

  private final BackupStore store;
  private final BackupKey key;
  private final Supplier<RawFiles> opening;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public RestorePlan(BackupStore store, BackupKey key) {
    this(store, key, RawFiles::open);
  }

  /** Looks by what {@code opening} opens. */
  RestorePlan(BackupStore store, BackupKey key, Supplier<RawFiles> opening) {
    this.store = store;
    this.key = key;
    this.opening = opening;
  }

  /** Takes entries in the order of the manifest; further names of some files come last. */
  @FunctionalInterface
  public interface Sink {
    /** The next entry. */
    void take(PlannedEntry entry);
  }

  /**
   * Tells every entry that the request would restore.
   *
   * @throws BackupStoreException when the store fails or the snapshot is damaged (result CORRUPT)
   * @throws IOException as {@link Restore#run} would throw it for this target and selection
   */
  public void plan(RestoreRequest request, Sink sink) throws BackupStoreException, IOException {
    try (RawFiles files = opening.get();
        OpenedSnapshot snapshot = OpenedSnapshot.open(store, key, request.snapshot());
        Top top = open(files, request)) {
      ConflictCheck conflictCheck = new ConflictCheck(files, request.overwrite());
      RestorePlanWalk walk =
          new RestorePlanWalk(snapshot, files, conflictCheck, top.fd(), request.target(), sink);
      if (!walk.walk(request.selection())) {
        throw new NoSuchFileException(request.selection().toString());
      }
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** The target, if it is there. */
  private record Top(@Nullable FileHandle fd) implements AutoCloseable {
    @Override
    public void close() {
      if (fd != null) {
        fd.close();
      }
    }
  }

  private static Top open(RawFiles files, RestoreRequest request) throws IOException {
    RawPath path = request.target();
    FileHandle fileHandle;
    try {
      fileHandle = files.openDirectoryFollowing(path);
    } catch (FileAccessException e) {
      if (!e.isMissing() || path.depth() == 0) {
        throw e;
      }
      // A restore would make it here.
      files.openDirectoryFollowing(path.parent()).close();
      return new Top(null);
    }
    Top top = new Top(fileHandle);
    try {
      if (request.overwrite() == OverwriteMode.REFUSE && !files.list(fileHandle).isEmpty()) {
        throw new DirectoryNotEmptyException(path.toString());
      }
    } catch (IOException e) {
      top.close();
      throw e;
    }
    return top;
  }
}
