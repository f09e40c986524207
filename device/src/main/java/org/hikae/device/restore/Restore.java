package org.hikae.device.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.Outcome;
import org.hikae.device.restore.fetch.PackFetcher;
import org.hikae.device.restore.fetch.ReadAhead;
import org.hikae.device.run.Progress;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.OpenerPool;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;

/**
 * Writes a snapshot, or part of it, into a directory. Every file that was written is whole and as
 * its device sealed it, whatever interrupts the run; what could not be restored is as it was
 * before. Nothing is written outside the target.
 */
public final class Restore {

  private final SnapshotStore store;
  private final BackupKey key;
  private final Supplier<RawFiles> opening;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public Restore(SnapshotStore store, BackupKey key) {
    this(store, key, RawFiles::open);
  }

  /** Writes by what {@code opening} opens. */
  Restore(SnapshotStore store, BackupKey key, Supplier<RawFiles> opening) {
    this.store = store;
    this.key = key;
    this.opening = opening;
  }

  /**
   * Runs once. What is damaged or cannot be written is told to {@code progress} and left out.
   *
   * @throws StoreException when the store fails, or root or list of the snapshot are damaged
   *     (result CORRUPT)
   * @throws IOException when the target cannot be used: {@link
   *     java.nio.file.DirectoryNotEmptyException} when it has entries and may not be overwritten;
   *     or {@link NoSuchFileException} when the selection is not in the snapshot
   */
  public RestoreResult run(RestoreRequest request, Progress progress)
      throws StoreException, IOException {
    try (RawFiles files = opening.get();
        OpenSnapshot snapshot = open(request);
        Target target = Target.open(files, request.target(), request.overwrite());
        PackFetcher fetcher = new PackFetcher(store, key, snapshot.context());
        OpenerPool pool = new OpenerPool(key)) {
      progress.totals(snapshot.root().files(), snapshot.root().plainBytes());
      Outcome outcome = new Outcome(progress);
      snapshot.searchesWith(outcome::checkCancelled);
      if (!snapshot.isTableWhole()) {
        outcome.packNamesLost();
      }
      FileRestore fileRestore = new FileRestore(files, target, outcome);
      HardLinks links = new HardLinks(files, target, outcome);
      RunResult result;
      try (ChunkPipeline chunks = new ChunkPipeline(snapshot, fetcher, pool, outcome)) {
        RestoreWalk walk =
            new RestoreWalk(snapshot, chunks, files, target, outcome, fileRestore, links);
        restore(
            request.selection(),
            walk,
            () -> {
              ReadAhead again = new ReadAhead(snapshot.tree()::next, chunks, true);
              links.resolve(again, fileRestore);
            });
        result = outcome.result();
      } catch (DamagedException e) {
        // Only the manifest itself gets here: what follows in it has no names any more.
        outcome.damaged(RawPath.ROOT, String.valueOf(e.getMessage()));
        result = outcome.result();
      } catch (RunCancelledException e) {
        result = RunResult.CANCELLED;
      }
      snapshot.stoodInFor().forEach(outcome::stoodIn);
      long received = snapshot.bytesReceived() + fetcher.bytesReceived();
      return new RestoreResult(
          result, outcome.counts().tally(fileRestore.bytesWritten(), 0, received));
    }
  }

  /** The second pass. */
  @FunctionalInterface
  private interface SecondPass {
    void run() throws IOException, StoreException, DamagedException;
  }

  private static void restore(RawPath selection, RestoreWalk walk, SecondPass second)
      throws IOException, StoreException, DamagedException {
    if (!walk.walk(selection)) {
      throw new NoSuchFileException(selection.toString());
    }
    second.run();
  }

  private OpenSnapshot open(RestoreRequest request) throws StoreException {
    try {
      return OpenSnapshot.open(store, key, request.snapshot());
    } catch (DamagedException e) {
      throw new StoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }
}
