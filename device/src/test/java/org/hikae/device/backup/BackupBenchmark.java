package org.hikae.device.backup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentJson;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.FolderObjectMap;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;

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
    Path keyFile = state.resolve("key");
    Files.createDirectories(state.resolve("objects"));
    SecureRandom random = new SecureRandom();
    if (!Files.exists(keyFile)) {
      byte[] fresh = new byte[32];
      random.nextBytes(fresh);
      Files.write(keyFile, fresh);
    }
    FolderStore store = new FolderStore(state);
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
    try (SecretBytes secret = SecretBytes.take(Files.readAllBytes(keyFile));
        BackupKey key = BackupKey.of(BackupFixture.SET, 1, secret)) {
      long began = System.nanoTime();
      long cpuBefore = cpuNanos();
      Backup backup =
          new Backup(store, key, BackupFixture.DEVICE, state.resolve("cache"), ahead, random);
      BackupResult result =
          backup.run(BackupFixture.request(RawPath.of(arguments[1])), ProgressListener.NONE);
      print(result, System.nanoTime() - began, cpuNanos() - cpuBefore);
    }
  }

  private static long cpuNanos() {
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

  /** Objects in files; takes them without looking at them, as no part of what is measured. */
  private record FolderStore(Path state, InMemoryBackupStore inner, FolderObjectMap objects)
      implements BackupStore {

    FolderStore(Path state) throws IOException, BackupStoreException {
      FolderObjectMap objects = new FolderObjectMap(state.resolve("objects"));
      this(state, new InMemoryBackupStore(BackupFixture.DEVICE, objects), objects);
      for (int sequence = 1; Files.exists(commitFile(sequence)); sequence++) {
        byte[] json = Files.readAllBytes(commitFile(sequence));
        inner.commit(AgentJson.mapper().readValue(json, CommitSnapshot.class));
      }
    }

    private Path commitFile(long sequence) {
      return state.resolve("commit-" + sequence);
    }

    @Override
    public void put(Hash256 name, byte[] object) {
      objects.putIfAbsent(name, object);
    }

    @Override
    public Set<Hash256> missing(Collection<Hash256> names) {
      return inner.missing(names);
    }

    @Override
    public byte[] get(Hash256 name) throws BackupStoreException {
      return inner.get(name);
    }

    @Override
    public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
      return inner.getBuckets(name, first, count);
    }

    @Override
    public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
      try {
        Files.write(
            commitFile(snapshot.sequence()), AgentJson.mapper().writeValueAsBytes(snapshot));
      } catch (IOException e) {
        throw new BackupStoreException(RunResult.LOCAL, "no note of it", e);
      }
      return inner.commit(snapshot);
    }

    @Override
    public SnapshotPage snapshots(String device, String after, int limit) {
      return inner.snapshots(device, after, limit);
    }

    @Override
    public List<Hash256> objects(String snapshotId) throws BackupStoreException {
      return inner.objects(snapshotId);
    }
  }
}
