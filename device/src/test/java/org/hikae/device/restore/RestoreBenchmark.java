package org.hikae.device.restore;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupBenchmark;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.FolderBackupStore;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;

/**
 * Measures restores and verifications without a portal, of what {@code BackupBenchmark} has stored:
 * {@code RestoreBenchmark STATE ROUNDS FOLDER} restores the newest snapshot ROUNDS times into
 * FOLDER/1, FOLDER/2 and so on; {@code RestoreBenchmark STATE ROUNDS} verifies all. Prints for each
 * round processor time, the part of it that collecting garbage took, and what was asked of the
 * store. The first round has a cold JVM.
 */
public final class RestoreBenchmark {

  private RestoreBenchmark() {}

  /** Runs all rounds. */
  public static void main(String[] arguments) throws Exception {
    Path state = Path.of(arguments[0]);
    FolderBackupStore store = BackupBenchmark.store(state);
    try (BackupKey key = BackupBenchmark.key(state, new SecureRandom())) {
      List<SnapshotView> snapshots = store.snapshots(null, null, 1000).snapshots();
      for (int round = 1; round <= Integer.parseInt(arguments[1]); round++) {
        int requests = store.requests();
        long bytes = store.bytesGiven();
        long collecting = collectingMillis();
        long cpu = BackupBenchmark.cpuNanos();
        Object result;
        if (arguments.length > 2) {
          Path target = Path.of(arguments[2]).resolve(Integer.toString(round));
          Files.createDirectories(target.getParent());
          RestoreRequest request =
              new RestoreRequest(
                  snapshots.getFirst(),
                  RawPath.ROOT,
                  RawPath.of(target.toString()),
                  OverwriteMode.REFUSE);
          result = new Restore(store, key).run(request, ProgressListener.NONE).result();
        } else {
          Verification verification = new Verification(store, Map.of(1L, key), new Random(1));
          result = verification.run(snapshots, PackSample.ALL, ProgressListener.NONE).result();
        }
        System.out.printf(
            Locale.ROOT,
            "%s cpu %.2f s, of it collecting %.2f s, %d requests, %.1f MB%n",
            result,
            (BackupBenchmark.cpuNanos() - cpu) / 1e9,
            (collectingMillis() - collecting) / 1e3,
            store.requests() - requests,
            (store.bytesGiven() - bytes) / 1e6);
      }
    }
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
