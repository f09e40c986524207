package org.hikae.device.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.run.RunTotals;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * Reads stored snapshots back and opens everything, without writing any of it.
 *
 * <p>Guarantees, when it ends with SUCCESS and all packs were asked for: root, object list and pack
 * table of every snapshot are its device's; every manifest reads by its rules; every pack has the
 * bytes that its name is the hash of, its entries open, and each reference of each manifest is to
 * an entry of that place, length and identifier, or other snapshots of the series have what is
 * needed of it. So a restore of any of them finds, bit for bit, what its device has sealed.
 *
 * <p>Whether that device sealed what it read is another question, which only {@link #deeply}
 * answers: each entry is decompressed, and has the identifier of the directory (spec HK1-C-08,
 * HK1-D-13).
 *
 * <p>The heap needed does not grow with the sizes of files, and by 16 bytes at most with each chunk
 * up to a limit.
 */
public final class Verification {

  private final BackupStore store;
  private final Map<Long, BackupKey> keys;
  private final RandomGenerator random;
  private final int entriesAtOnce;
  private final boolean deep;

  /**
   * Reads from {@code store}.
   *
   * @param keys K by generation; not closed here
   * @param random chooses a sample
   */
  public Verification(BackupStore store, Map<Long, BackupKey> keys, RandomGenerator random) {
    this(store, keys, random, ManifestReferences.MAX_ENTRIES);
  }

  Verification(
      BackupStore store, Map<Long, BackupKey> keys, RandomGenerator random, int entriesAtOnce) {
    this(store, keys, random, entriesAtOnce, false);
  }

  private Verification(
      BackupStore store,
      Map<Long, BackupKey> keys,
      RandomGenerator random,
      int entriesAtOnce,
      boolean deep) {
    this.store = store;
    this.keys = Map.copyOf(keys);
    this.random = random;
    this.entriesAtOnce = entriesAtOnce;
    this.deep = deep;
  }

  /** The same that decompresses each entry, too, and computes its identifier. */
  public Verification deeply() {
    return new Verification(store, keys, random, entriesAtOnce, true);
  }

  /**
   * Runs once. Damage does not end the run; that which other snapshots make good is told, and not
   * counted as failed. A snapshot that the store calls removed meanwhile is no damage, but for the
   * newest of each series that was given.
   *
   * @param snapshots of generations whose K was given
   * @param sample how many packs of files are opened; manifests are always read whole, and every
   *     pack must be stored
   * @throws BackupStoreException when the store fails
   */
  public VerificationResult run(
      List<SnapshotView> snapshots, PackSample sample, ProgressListener progress)
      throws BackupStoreException {
    SeriesVerifier.VerificationDepth verificationDepth =
        new SeriesVerifier.VerificationDepth(
            sample, deep, entriesAtOnce, random, RemovedSnapshots.stay(snapshots));
    VerificationProgress verificationProgress = new VerificationProgress(progress);
    List<Damage> damages = new ArrayList<>();
    long found = 0;
    boolean cancelled = false;
    try {
      for (Map.Entry<VerifiedSeries, List<SnapshotView>> each : bySeries(snapshots).entrySet()) {
        VerifiedSeries series = each.getKey();
        SeriesVerifier check =
            new SeriesVerifier(store, series.key(), verificationDepth, verificationProgress);
        List<Damage> ofSeries = check.run(each.getValue(), series.context());
        found += ofSeries.stream().filter(damage -> !damage.healed()).count();
        int room = VerificationResult.MAX_DAMAGES - damages.size();
        damages.addAll(ofSeries.subList(0, Math.min(room, ofSeries.size())));
      }
    } catch (RunCancelledException e) {
      cancelled = true;
    }
    RunResult ended = found == 0 ? RunResult.SUCCESS : RunResult.CORRUPT;
    return new VerificationResult(
        cancelled ? RunResult.CANCELLED : ended,
        tally(verificationProgress, found),
        snapshots.size(),
        verificationProgress.packs(),
        verificationProgress.packsOpened(),
        verificationProgress.sample(),
        damages);
  }

  private static RunTotals tally(VerificationProgress verificationProgress, long found) {
    long plain = verificationProgress.plainBytes();
    return new RunTotals(
        verificationProgress.files(),
        0,
        0,
        0,
        0,
        found,
        plain,
        plain,
        0,
        verificationProgress.bytesReceived(),
        0);
  }

  /** Snapshots that share packs: those of one device and one generation. */
  private record VerifiedSeries(BackupKey key, String deviceId) {

    SealContext context() throws BackupStoreException {
      try {
        return SealContext.of(key, TextCodec.parseId("deviceId", deviceId));
      } catch (MalformedException e) {
        throw new BackupStoreException(RunResult.CORRUPT, "The store names a malformed device.", e);
      }
    }
  }

  private Map<VerifiedSeries, List<SnapshotView>> bySeries(List<SnapshotView> snapshots) {
    Map<VerifiedSeries, List<SnapshotView>> series = new LinkedHashMap<>();
    for (SnapshotView view : snapshots) {
      BackupKey key = keys.get(view.generation());
      if (key == null) {
        throw new IllegalArgumentException("no key of generation " + view.generation());
      }
      series
          .computeIfAbsent(new VerifiedSeries(key, view.deviceId()), s -> new ArrayList<>())
          .add(view);
    }
    return series;
  }
}
