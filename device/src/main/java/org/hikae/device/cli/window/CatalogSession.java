package org.hikae.device.cli.window;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots as they were read lately, because a person who goes from folder to folder does not
 * want to wait for the whole list each time. One reads at a time, of all windows of the process.
 */
final class CatalogSession implements AutoCloseable {

  /** How long what was read counts. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  /** How long a window waits for what another one reads. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final AgentEnvironment here;
  private @Nullable ReadCatalog current;

  CatalogSession(AgentEnvironment here) {
    this.here = here;
  }

  /**
   * What was read.
   *
   * @param sound whether nothing speaks against what the portal shows
   * @param output what it was told to
   * @param findings what a search for names does not try again
   */
  record ReadCatalog(
      OpenedCatalog opened,
      boolean sound,
      CommandOutput output,
      WindowOutputListener listener,
      NameSearchFindings findings,
      long at) {

    /** What the person was told about all of it. */
    List<String> notes() {
      return listener.notes();
    }
  }

  /** What is done with it. */
  @FunctionalInterface
  interface Reading<T> {
    /** Does it. */
    T with(ReadCatalog catalog) throws AgentException, BackupStoreException, IOException;
  }

  /**
   * Does something with the catalog, which is read when it has to be.
   *
   * @throws AgentException also when another window reads for too long
   */
  <T> T read(String language, Reading<T> reading)
      throws AgentException, BackupStoreException, IOException {
    Semaphore permit = here.windows().reading();
    // Before the monitor: who only forgets does not wait for another window.
    try {
      if (!permit.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AgentException(RunResult.LOCAL, "window.reading");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, e, "run.cancelled");
    }
    try {
      return readNow(language, reading);
    } finally {
      permit.release();
    }
  }

  private synchronized <T> T readNow(String language, Reading<T> reading)
      throws AgentException, BackupStoreException, IOException {
    ReadCatalog catalog = current;
    if (catalog == null || isOld(catalog, language)) {
      forget();
      catalog = open(language);
      current = catalog;
    }
    return reading.with(catalog);
  }

  private boolean isOld(ReadCatalog catalog, String language) {
    return here.pause().nanos() - catalog.at() > FRESH.toNanos()
        || !catalog.output().messages().language().equals(language);
  }

  private ReadCatalog open(String language) throws AgentException, BackupStoreException {
    WindowOutputListener listener = new WindowOutputListener();
    CommandOutput output = new CommandOutput(here, Messages.in(language), listener);
    OpenedCatalog opened =
        OpenedCatalog.open(here, output, new UnlockOptions(), BandwidthLimits.UNLIMITED);
    boolean whole = false;
    try {
      boolean sound = opened.snapshots().sound();
      whole = true;
      return new ReadCatalog(
          opened, sound, output, listener, new NameSearchFindings(), here.pause().nanos());
    } finally {
      if (!whole) {
        opened.close();
      }
    }
  }

  /** Reads it anew next time: something has changed. */
  synchronized void forget() {
    if (current != null) {
      current.opened().close();
      current = null;
    }
  }

  @Override
  public void close() {
    forget();
  }
}
