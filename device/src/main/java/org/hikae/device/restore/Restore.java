package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.PackFetcher;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.restore.fetch.SealedSpool;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;

/**
 * Writes a snapshot, or part of it, into a directory. Every file that was written is whole and as
 * its device sealed it, whatever interrupts the run; what could not be restored is as it was
 * before. Nothing is written outside the target.
 */
public final class Restore {

  /** Bytes of the disk that a small file takes beside its own: a block. */
  private static final long FILE_ROOM = 4096;

  private final BackupStore store;
  private final BackupKey key;
  private final SealedObjectCache copies;
  private final Supplier<RawFiles> rawFiles;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public Restore(BackupStore store, BackupKey key) {
    this(store, key, SealedObjectCache.NONE);
  }

  /** The same, with root and manifest from {@code copies} as far as they are at hand there. */
  public Restore(BackupStore store, BackupKey key, SealedObjectCache copies) {
    this(store, key, copies, RawFiles::open);
  }

  /** Writes by what {@code rawFiles} opens. */
  Restore(BackupStore store, BackupKey key, Supplier<RawFiles> rawFiles) {
    this(store, key, SealedObjectCache.NONE, rawFiles);
  }

  private Restore(
      BackupStore store, BackupKey key, SealedObjectCache copies, Supplier<RawFiles> rawFiles) {
    this.store = store;
    this.key = key;
    this.copies = copies;
    this.rawFiles = rawFiles;
  }

  /**
   * Runs once. What is damaged or cannot be written is told to {@code progress} and left out.
   *
   * @throws BackupStoreException when the store fails, or the root of the snapshot is withheld or
   *     damaged (result CORRUPT)
   * @throws IOException when the target cannot be used: {@link
   *     java.nio.file.DirectoryNotEmptyException} when it has entries and may not be overwritten;
   *     or {@link NoSuchFileException} when the selection is not in the snapshot
   */
  public RestoreResult run(RestoreRequest request, ProgressListener progress)
      throws BackupStoreException, IOException {
    try (RawFiles files = rawFiles.get();
        SealedSpool spool = new SealedSpool(rawFiles, request.target());
        OpenedSnapshot snapshot = open(request, spool);
        RestoreTarget target = RestoreTarget.open(files, request.target(), request.overwrite());
        PackFetcher fetcher = new PackFetcher(store, key, snapshot.context());
        ChunkOpenerPool pool = new ChunkOpenerPool(key)) {
      progress.totals(snapshot.root().files(), snapshot.root().plainBytes());
      spool.begin(roomOf(snapshot));
      RestoreReport restoreReport = new RestoreReport(progress);
      snapshot.searchesWith(restoreReport::checkCancelled);
      if (!snapshot.isListed()) {
        restoreReport.listUnusable();
      }
      if (!snapshot.isTableWhole()) {
        restoreReport.packNamesLost();
      }
      RestoredFileWriter restoredFileWriter = new RestoredFileWriter(files, target, restoreReport);
      RunResult result;
      try (ChunkPipeline chunks =
          new ChunkPipeline(snapshot, fetcher, spool, pool, restoreReport)) {
        RestoreWriter writing =
            new RestoreWriter(files, target, chunks, restoreReport, restoredFileWriter);
        new RestoreWalk<>(snapshot, files, target.inTheWay(), writing).walk(request.selection());
        result = restoreReport.result();
      } catch (DamagedDataException e) {
        // Only the manifest itself gets here: what follows in it has no names any more.
        restoreReport.damaged(RawPath.ROOT, String.valueOf(e.getMessage()));
        result = restoreReport.result();
      } catch (RunCancelledException e) {
        result = RunResult.CANCELLED;
      }
      snapshot.stoodInFor().forEach(restoreReport::stoodIn);
      long received = snapshot.bytesReceived() + fetcher.bytesReceived();
      return new RestoreResult(
          result, restoreReport.counts().tally(restoredFileWriter.bytesWritten(), 0, received));
    }
  }

  /** At most what the files are going to take of the disk. */
  private static long roomOf(OpenedSnapshot snapshot) {
    long files = Math.min(snapshot.root().files(), Integer.MAX_VALUE);
    return snapshot.root().plainBytes() + files * FILE_ROOM;
  }

  private OpenedSnapshot open(RestoreRequest request, SealedSpool spool)
      throws BackupStoreException {
    try {
      return OpenedSnapshot.open(store, spool.or(copies), key, request.snapshot());
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }
}
