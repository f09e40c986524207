package org.hikae.device.cli.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.RetryPrinter;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.BackupStoreException;

/**
 * Frames what takes as long as a run and is none that the portal counts: progress is shown, and
 * Ctrl-C ends it in order instead of killing it.
 */
public final class UnreportedRun {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;

  /** Frames what {@code agent} does. */
  public UnreportedRun(AgentEnvironment here, CommandOutput output, SignedInAgent agent) {
    this.here = here;
    this.output = output;
    this.agent = agent;
  }

  /** What is done. */
  @FunctionalInterface
  public interface Work<T> {
    /** Works and tells {@code progress}. */
    T work(ProgressListener progress) throws AgentException, BackupStoreException, IOException;
  }

  /** Does it. When the network has ended it, how far it came is told. */
  public <T> T around(String name, Work<T> work)
      throws AgentException, BackupStoreException, IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runnable nothingToEnd =
        here.interruption().upon(() -> RunSupervisor.endInOrder(cancelled, ended));
    ProgressPrinter view =
        new ProgressPrinter(
            output, here, (files, bytes) -> {}, () -> cancelled.get() || output.stopped());
    agent.retriesTo(new RetryPrinter(output, here.clock(), agent.objectWait(), view::endBar));
    boolean cut = false;
    try {
      return work.work(view);
    } catch (AgentException e) {
      cut = e.result() == RunResult.NETWORK;
      throw e;
    } catch (BackupStoreException e) {
      cut = e.result() == RunResult.NETWORK;
      throw e;
    } finally {
      view.end();
      if (cut) {
        view.cutShort(name);
      }
      agent.retriesTo((host, failures, status) -> {});
      ended.countDown();
      nothingToEnd.run();
    }
  }
}
