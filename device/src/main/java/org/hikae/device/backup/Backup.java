package org.hikae.device.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.ObjectCache;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.backup.pack.PendingPacks;
import org.hikae.device.backup.pack.Pipeline;
import org.hikae.device.backup.pack.Run;
import org.hikae.device.backup.pack.Signing;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.OwnerOnly;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.Progress;
import org.hikae.device.run.Progress.Kind;
import org.hikae.device.run.Progress.Warning;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.run.RunCounts;
import org.hikae.device.run.Tally;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.Series;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots of this device's files in its own series.
 *
 * <p>Either a run commits a whole snapshot or the store is as before; packs that an interrupted run
 * sent already are used by the next one. One run at a time for a device.
 */
public final class Backup {

  private final SnapshotStore store;
  private final BackupKey key;
  private final SealContext context;
  private final @Nullable Path cache;
  private final Clock clock;
  private final SecureRandom random;
  private final int workers;
  private final Signing signing;

  /**
   * Works for one device.
   *
   * @param store where snapshots go
   * @param key K; not closed here
   * @param deviceId whose series, 16 bytes
   * @param cache folder for copies of sealed objects, which can be lost at no cost; null for none
   */
  public Backup(
      SnapshotStore store,
      BackupKey key,
      byte[] deviceId,
      @Nullable Path cache,
      Clock clock,
      SecureRandom random) {
    this(store, key, deviceId, cache, clock, random, Pipeline.usualWorkers());
  }

  /** The same with another number of threads that encode chunks. */
  Backup(
      SnapshotStore store,
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
    this.signing = Signing.NONE;
  }

  private Backup(Backup same, Signing signing) {
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
  public Backup signedBy(Signing who) {
    return new Backup(this, who);
  }

  /**
   * Runs once.
   *
   * @throws StoreException when the store refuses, cannot be reached or went back to an older state
   * @throws IOException when none of the paths can be read, or local files of the run cannot be
   *     written
   */
  public BackupResult run(BackupRequest request, Progress progress)
      throws StoreException, IOException {
    if (cache != null) {
      Files.createDirectories(cache, OwnerOnly.folder());
    }
    RunCounts counts = new RunCounts(progress);
    try (RawFiles files = RawFiles.open();
        PendingPacks pending = new PendingPacks(cache, context);
        PackUploader uploader = new PackUploader(store)) {
      Run run =
          new Run(
              key, context, signing, random, uploader, pending, new ObjectCache(cache), progress);
      try {
        List<RawPath> paths = realPaths(files, request, progress, counts);
        return new SnapshotMaker(store, run, files, clock, counts, cache, workers)
            .make(request, paths);
      } catch (RunCancelledException e) {
        return new BackupResult(
            RunResult.CANCELLED, null, false, counts.tally(0, uploader.bytesSent(), 0));
      }
    }
  }

  /**
   * Says what {@link #run} would do: reads the previous snapshot's manifest and looks at the files.
   * Nothing is sent or changed, no file is read, and whether the store still has every pack is not
   * asked.
   *
   * @return what would be done; its {@code bytesRead} are those that would be read
   * @throws StoreException as {@link #run}
   * @throws IOException when none of the paths can be read
   */
  public BackupResult plan(BackupRequest request, PlannedFile.Sink sink, Progress progress)
      throws StoreException, IOException {
    RunCounts counts = new RunCounts(progress);
    try (RawFiles files = RawFiles.open();
        PackUploader uploader = new PackUploader(store)) {
      ObjectCache copies = new ObjectCache(cache);
      PendingPacks pending = new PendingPacks(null, context);
      Run run = new Run(key, context, signing, random, uploader, pending, copies, progress);
      PathPlan paths = PathPlan.of(realPaths(files, request, progress, counts));
      Optional<SnapshotView> newest = Series.newest(store, context, request.lastSeen());
      try (Previous previous = Previous.toCompare(store, run, newest)) {
        PreviousTree tree = previous.tree();
        FileTime trusted = SnapshotMaker.trustedBefore(previous.root());
        PlanFiles plan = new PlanFiles(tree, trusted, counts, sink);
        new TreeWalk(run, files, request, plan, tree, plan, counts).walk(paths);
        RunResult result = counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
        Tally tally = counts.tally(plan.bytesToRead(), 0, previous.bytesReceived());
        return new BackupResult(result, null, false, tally);
      } catch (DamagedException e) {
        throw new StoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static List<RawPath> realPaths(
      RawFiles files, BackupRequest request, Progress progress, RunCounts counts)
      throws FileAccessException {
    List<RawPath> real = new ArrayList<>();
    FileAccessException first = null;
    for (RawPath path : request.paths()) {
      try {
        real.add(files.realPath(path));
      } catch (FileAccessException e) {
        first = first == null ? e : first;
        counts.failed();
        progress.warning(new Warning(path, Kind.UNREADABLE, e.reason()));
      }
    }
    if (real.isEmpty() && first != null) {
      throw first;
    }
    return real;
  }
}
