package org.hikae.device.cli.run;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.portal.RunReporter;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunTotals;
import org.hikae.device.store.BackupStoreException;

/**
 * Frames a run: start, signs of life and end are reported whatever happens, progress is shown, and
 * Ctrl-C ends the run in order instead of killing it.
 */
public final class RunSupervisor {

  /** How long the process waits for a cancelled run to end in order. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;
  private final RunReport.Kind kind;
  private final BooleanSupplier stop;

  public RunSupervisor(
      AgentEnvironment here, CommandOutput output, SignedInAgent agent, RunReport.Kind kind) {
    this(here, output, agent, kind, () -> false);
  }

  /** One that ends in order, as after Ctrl-C, when {@code stop} says so. */
  public RunSupervisor(
      AgentEnvironment here,
      CommandOutput output,
      SignedInAgent agent,
      RunReport.Kind kind,
      BooleanSupplier stop) {
    this.here = here;
    this.output = output;
    this.agent = agent;
    this.kind = kind;
    this.stop = stop;
  }

  /**
   * How the engine ended.
   *
   * @param more fields of the event
   * @param told says more before the summary, when the progress is no longer shown
   */
  public record RunEnd(RunResult result, RunTotals tally, Map<String, ?> more, Runnable told) {

    /** With nothing more to say. */
    public RunEnd(RunResult result, RunTotals tally, Map<String, ?> more) {
      this(result, tally, more, () -> {});
    }
  }

  /** What the engine does. */
  @FunctionalInterface
  public interface Work {
    /** Works and tells {@code progress}. */
    RunEnd work(ProgressListener progress) throws AgentException, BackupStoreException, IOException;
  }

  public RunResult around(Work work) throws AgentException, BackupStoreException, IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().unstarted(() -> endInOrder(cancelled, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    long began = here.clock().millis();
    try (RunReporter reporter =
        new RunReporter(agent.portal(), agent.spool(), kind, here.clock(), here.random())) {
      reporter.start();
      ProgressPrinter view =
          new ProgressPrinter(output, here, reporter, () -> cancelled.get() || stop.getAsBoolean());
      RunResult result = RunResult.INTERNAL;
      RunTotals tally = RunTotals.NONE;
      try {
        RunEnd ending = work.work(view);
        result = ending.result();
        tally = ending.tally();
        view.end();
        ending.told().run();
        summary(ending, here.clock().millis() - began);
        return result;
      } catch (AgentException e) {
        result = e.result();
        throw e;
      } catch (BackupStoreException e) {
        result = e.result();
        throw e;
      } catch (IOException e) {
        result = RunResult.LOCAL;
        throw e;
      } finally {
        view.end();
        if (!reporter.end(result, tally)) {
          output.note("run.report-waits");
        }
      }
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static void endInOrder(AtomicBoolean cancelled, CountDownLatch ended) {
    cancelled.set(true);
    try {
      // The run may need a moment to finish its current pack; whether it did is in its report.
      boolean inTime = ended.await(GRACE.toSeconds(), TimeUnit.SECONDS);
      if (!inTime) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what waits for us.
    }
  }

  private void summary(RunEnd ending, long millis) {
    RunTotals tally = ending.tally();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", ending.result().name());
    fields.put("exitCode", AgentExitCode.of(ending.result()));
    fields.put("files", tally.files());
    fields.put("directories", tally.directories());
    fields.put("others", tally.others());
    fields.put("unchanged", tally.unchanged());
    fields.put("skipped", tally.skipped());
    if (kind == RunReport.Kind.BACKUP) {
      fields.put("leftOut", tally.leftOut());
    }
    fields.put("failed", tally.failed());
    fields.put("plainBytes", tally.plainBytes());
    fields.put("bytesRead", tally.bytesRead());
    fields.put("bytesSent", tally.bytesSent());
    fields.put("bytesReceived", tally.bytesReceived());
    fields.put("durationMillis", millis);
    fields.putAll(ending.more());
    String name = kind.name().toLowerCase(java.util.Locale.ROOT);
    output.event(name, fields);
    output.say("run." + name + "." + ending.result());
    output.say(
        "run." + name + ".numbers",
        tally.files(),
        DisplayFormat.bytes(tally.plainBytes()),
        DisplayFormat.bytes(
            kind == RunReport.Kind.BACKUP ? tally.bytesSent() : tally.bytesReceived()),
        tally.failed(),
        DisplayFormat.duration(millis),
        tally.unchanged());
    if (tally.leftOut() > 0) {
      output.say("run.backup.left-out", tally.leftOut());
    }
  }
}
