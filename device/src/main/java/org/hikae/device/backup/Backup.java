package org.hikae.device.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.BackupPipeline;
import org.hikae.device.backup.pack.ManifestObjectCache;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.backup.pack.PendingPacks;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.backup.pack.SnapshotSigning;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.run.RunCounter;
import org.hikae.device.run.RunTotals;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.SeriesHeadCheck;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of this device's files in its own series.
 *
 * <p>Either a run commits a whole snapshot or the store is as before; packs that an interrupted run
 * sent already are used by the next one. One run at a time for a device.
 */
public final class Backup {

  private final BackupStore store;
  private final BackupKey key;
  private final SealContext context;
  private final @Nullable Path cache;
  private final Clock clock;
  private final SecureRandom random;
  private final int workers;
  private final SnapshotSigning signing;

  /**
   * Works for one device.
   *
   * @param store where snapshots go
   * @param key K; not closed here
   * @param deviceId whose series, 16 bytes
   * @param cache folder for copies of sealed objects, which can be lost at no cost; null for none
   */
  public Backup(
      BackupStore store,
      BackupKey key,
      byte[] deviceId,
      @Nullable Path cache,
      Clock clock,
      SecureRandom random) {
    this(store, key, deviceId, cache, clock, random, BackupPipeline.usualWorkers());
  }

  /** The same with another number of threads that encode chunks. */
  Backup(
      BackupStore store,
      BackupKey key,
      byte[] deviceId,
      @Nullable Path cache,
      Clock clock,
      SecureRandom random,
      int workers) {
    this.store = store;
    this.key = key;
    this.context = SealContext.of(key, deviceId);
    this.cache = cache;
    this.clock = clock;
    this.random = random;
    this.workers = workers;
    this.signing = SnapshotSigning.NONE;
  }

  private Backup(Backup same, SnapshotSigning signing) {
    this.store = same.store;
    this.key = same.key;
    this.context = same.context;
    this.cache = same.cache;
    this.clock = same.clock;
    this.random = same.random;
    this.workers = same.workers;
    this.signing = signing;
  }

  /** The same in a form that only goes forward, signed where that form is (spec HK1-M-08). */
  public Backup signedBy(SnapshotSigning who) {
    return new Backup(this, who);
  }

  /**
   * Runs once.
   *
   * @throws BackupStoreException when the store refuses, cannot be reached or went back to an older
   *     state
   * @throws IOException when none of the paths can be read, or local files of the run cannot be
   *     written
   */
  public BackupResult run(BackupRequest request, ProgressListener progress)
      throws BackupStoreException, IOException {
    if (cache != null) {
      Files.createDirectories(cache, OwnerOnlyFiles.folder());
    }
    RunCounter counts = new RunCounter(progress);
    try (RawFiles files = RawFiles.open();
        PendingPacks pending = new PendingPacks(cache, context);
        PackUploader uploader = new PackUploader(store)) {
      RunContext run =
          new RunContext(
              key,
              context,
              signing,
              random,
              uploader,
              pending,
              new ManifestObjectCache(cache),
              progress);
      try {
        List<RawPath> paths = realPaths(files, request, progress, counts);
        return new SnapshotBuilder(store, run, files, clock, counts, cache, workers)
            .make(request, paths);
      } catch (RunCancelledException e) {
        return new BackupResult(RunResult.CANCELLED, counts.tally(0, uploader.bytesSent(), 0));
      }
    }
  }

  /**
   * Says what {@link #run} would do: reads the previous snapshot's manifest and looks at the files.
   * Nothing is sent or changed, no file is read, and whether the store still has every pack is not
   * asked.
   *
   * @return what would be done; its {@code bytesRead} are those that would be read
   * @throws BackupStoreException as {@link #run}
   * @throws IOException when none of the paths can be read
   */
  public BackupResult plan(
      BackupRequest request, Consumer<PlannedFile> sink, ProgressListener progress)
      throws BackupStoreException, IOException {
    RunCounter counts = new RunCounter(progress);
    try (RawFiles files = RawFiles.open();
        PackUploader uploader = new PackUploader(store)) {
      ManifestObjectCache copies = new ManifestObjectCache(cache);
      PendingPacks pending = new PendingPacks(null, context);
      RunContext run =
          new RunContext(key, context, signing, random, uploader, pending, copies, progress);
      RequestedPaths paths = RequestedPaths.of(realPaths(files, request, progress, counts));
      Optional<SnapshotView> newest = SeriesHeadCheck.newest(store, context, request.lastSeen());
      try (PreviousSnapshot previous = PreviousSnapshot.toCompare(store, run, newest)) {
        PreviousManifest tree = previous.tree();
        FileTime trusted = SnapshotBuilder.trustedBefore(previous.root());
        PlanFileHandler plan = new PlanFileHandler(tree, trusted, counts, sink);
        new TreeWalk(run, files, request, plan, tree, plan, counts).walk(paths);
        RunResult result = counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
        RunTotals runTotals = counts.tally(plan.bytesToRead(), 0, previous.bytesReceived());
        return new BackupResult(result, runTotals);
      } catch (DamagedDataException e) {
        throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static List<RawPath> realPaths(
      RawFiles files, BackupRequest request, ProgressListener progress, RunCounter counts)
      throws FileAccessException {
    List<RawPath> real = new ArrayList<>();
    FileAccessException first = null;
    for (RawPath path : request.paths()) {
      try {
        real.add(files.realPath(path));
      } catch (FileAccessException e) {
        first = first == null ? e : first;
        counts.failed();
        progress.warning(new Warning(path, WarningKind.UNREADABLE, e.reason()));
      }
    }
    if (real.isEmpty() && first != null) {
      throw first;
    }
    return real;
  }
}
