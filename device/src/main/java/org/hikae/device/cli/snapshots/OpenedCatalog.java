package org.hikae.device.cli.snapshots;

import java.io.IOException;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.files.RawPath;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What a command has that reads snapshots and writes nothing. It takes no run lock, so that backups
 * go on beside it.
 *
 * @param key K of the employee's set
 */
public record OpenedCatalog(
    SignedInAgent agent, BackupKeyAccess keys, BackupKey key, SnapshotCatalog snapshots)
    implements AutoCloseable {

  /** What it does then. */
  @FunctionalInterface
  public interface Work {
    /** Does it, and says what it came to. */
    RunResult with(OpenedCatalog opened) throws AgentException, BackupStoreException, IOException;
  }

  /** Signs in, unlocks K and reads the catalog for some work, and closes all of it. */
  public static RunResult around(
      AgentEnvironment here,
      CommandOutput output,
      UnlockOptions unlock,
      BandwidthLimits bandwidth,
      Work work)
      throws AgentException, BackupStoreException, IOException {
    try (OpenedCatalog opened = open(here, output, unlock, bandwidth)) {
      return work.with(opened);
    }
  }

  /** Signs in, unlocks K and reads the catalog. */
  public static OpenedCatalog open(
      AgentEnvironment here, CommandOutput output, UnlockOptions unlock, BandwidthLimits bandwidth)
      throws AgentException, BackupStoreException {
    SignedInAgent agent = SignedInAgent.open(here, output.messages().language(), bandwidth);
    BackupKey key = null;
    OpenedCatalog opened = null;
    try {
      BackupKeyAccess keys = new BackupKeyAccess(here, output, agent, unlock.person());
      key = keys.key();
      SnapshotCatalog snapshots = SnapshotCatalog.read(here, output, agent, key);
      opened = new OpenedCatalog(agent, keys, key, snapshots);
      return opened;
    } finally {
      if (opened == null) {
        if (key != null) {
          key.close();
        }
        agent.close();
      }
    }
  }

  /** What it does with all of a snapshot, or with what lies below a path. */
  @FunctionalInterface
  public interface SelectedWork {
    /** Does it, and says what it came to. */
    RunResult with(OpenedCatalog opened, RawPath selection)
        throws AgentException, BackupStoreException, IOException;
  }

  /** The same for some work below a path as it was typed, or everywhere. */
  static RunResult below(
      @Nullable String path,
      AgentEnvironment here,
      CommandOutput output,
      UnlockOptions unlock,
      SelectedWork work)
      throws AgentException, BackupStoreException, IOException {
    RawPath selection = path == null ? RawPath.ROOT : PathArguments.absolute(here, path);
    return around(
        here, output, unlock, BandwidthLimits.UNLIMITED, opened -> work.with(opened, selection));
  }

  @Override
  public void close() {
    snapshots.close();
    key.close();
    agent.close();
  }

  /** The K that sealed a snapshot of this generation; the caller closes it. */
  public BackupKey reading(long generation) throws AgentException {
    return keys.reading(key, generation);
  }
}
