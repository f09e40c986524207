package org.hikae.device.backup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.FolderBackupStore;

/**
 * Measures the engine without a portal: {@code BackupBenchmark STATE PATH} backs PATH up into the
 * folder STATE and prints wall time and processor time of the run, processor time that the JVM took
 * before, and peak memory. STATE new or empty begins a series, otherwise the next run of it is
 * made; so each run has a cold JVM.
 */
public final class BackupBenchmark {

  private BackupBenchmark() {}

  /** Runs once. */
  public static void main(String[] arguments) throws Exception {
    Path state = Path.of(arguments[0]);
    Files.createDirectories(state.resolve("objects"));
    SecureRandom random = new SecureRandom();
    FolderBackupStore store = store(state);
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
    try (BackupKey key = key(state, random)) {
      long began = System.nanoTime();
      long cpuBefore = cpuNanos();
      Backup backup =
          new Backup(store, key, BackupFixture.DEVICE, state.resolve("cache"), ahead, random);
      BackupResult result =
          backup.run(BackupFixture.request(RawPath.of(arguments[1])), ProgressListener.NONE);
      print(result, System.nanoTime() - began, cpuNanos() - cpuBefore);
    }
  }

  /** The store in this folder. */
  public static FolderBackupStore store(Path state) throws IOException, BackupStoreException {
    return new FolderBackupStore(state, BackupFixture.DEVICE);
  }

  /** The key of the backups in this folder. */
  public static BackupKey key(Path state, SecureRandom random) throws IOException {
    Path keyFile = state.resolve("key");
    if (!Files.exists(keyFile)) {
      byte[] fresh = new byte[32];
      random.nextBytes(fresh);
      Files.write(keyFile, fresh);
    }
    try (SecretBytes secret = SecretBytes.take(Files.readAllBytes(keyFile))) {
      return BackupKey.of(BackupFixture.SET, 1, secret);
    }
  }

  /** Processor time of this process. */
  public static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void print(BackupResult result, long wallNanos, long cpuNanos) throws IOException {
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("");
    System.out.printf(
        Locale.ROOT,
        "%s wall %.2f s, cpu %.2f s, and %.2f s before it, %s; %s%n",
        result.result(),
        wallNanos / 1e9,
        cpuNanos / 1e9,
        (cpuNanos() - cpuNanos) / 1e9,
        peak.replaceAll("\\s+", " "),
        result.tally());
  }
}
