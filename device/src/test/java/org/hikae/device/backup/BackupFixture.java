package org.hikae.device.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.restore.Restore;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.restore.RestoreResult;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;

/** A device with a key, a series and a store in memory, to be backed up and restored in tests. */
public final class BackupFixture implements AutoCloseable {

  /** The set. */
  static final byte[] SET = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

  /** The device. */
  static final byte[] DEVICE = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};

  private final SecureRandom random = new SecureRandom();
  private final BackupKey key = BackupKey.generate(SET, 1, random);
  private final InMemoryBackupStore store = new InMemoryBackupStore(DEVICE);
  private final List<ProgressListener.Warning> warnings = new ArrayList<>();

  /** The clock runs ahead, so that files just made count as long unchanged. */
  private Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  private Path cache;

  /** Uses a cache from now on. */
  public BackupFixture withCache(Path folder) {
    cache = folder;
    return this;
  }

  /** Uses another clock from now on. */
  public BackupFixture withClock(Clock other) {
    clock = other;
    return this;
  }

  /** The store. */
  public InMemoryBackupStore store() {
    return store;
  }

  /** K. */
  public BackupKey key() {
    return key;
  }

  /** The device's series. */
  public SealContext context() {
    return SealContext.of(key, DEVICE);
  }

  /** What was told about paths in the last run. */
  public List<ProgressListener.Warning> warnings() {
    return warnings;
  }

  /** Notes warnings. */
  public ProgressListener progress() {
    warnings.clear();
    return new ProgressListener() {
      @Override
      public void warning(Warning warning) {
        warnings.add(warning);
      }
    };
  }

  /** An engine over the store. */
  public Backup backup() {
    return new Backup(store, key, DEVICE, cache, clock, random);
  }

  /** Backs up one path. */
  public BackupResult backUp(RawPath path) throws BackupStoreException, IOException {
    return backup().run(request(path), progress());
  }

  /** A request for one path. */
  public static BackupRequest request(RawPath path) {
    return new BackupRequest(List.of(path), ExcludeRules.NONE, false, null);
  }

  /** Restores part of a snapshot. */
  public RestoreResult restore(SnapshotView snapshot, RawPath selection, RawPath target)
      throws BackupStoreException, IOException {
    return new Restore(store, key)
        .run(new RestoreRequest(snapshot, selection, target, OverwriteMode.REFUSE), progress());
  }

  @Override
  public void close() {
    key.close();
  }
}
