package org.hikae.device.cli.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.RetryPrinter;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.portal.RunReporter;
import org.hikae.device.restic.ResticRevocation;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunTotals;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Frames a run: signs of life and end are reported whatever happens, progress is shown, and Ctrl-C
 * ends the run in order instead of killing it.
 */
public final class RunSupervisor {

  /** How long the process waits for a cancelled run to end in order. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** What a run ends with that nobody has foreseen. */
  private static final String DEFECT = "internal";

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
   * @param changes what the portal is told of how a backup differs; null when it is not told
   */
  public record RunEnd(
      RunResult result,
      RunTotals tally,
      Map<String, ?> more,
      Runnable told,
      @Nullable ChangeFigures changes) {

    /** With nothing more to say. */
    public RunEnd(RunResult result, RunTotals runTotals, Map<String, ?> more) {
      this(result, runTotals, more, () -> {}, null);
    }

    /** With nothing to tell of changes. */
    public RunEnd(RunResult result, RunTotals runTotals, Map<String, ?> more, Runnable told) {
      this(result, runTotals, more, told, null);
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
    Runnable nothingToEnd = here.interruption().upon(() -> endInOrder(cancelled, ended));
    long began = here.clock().millis();
    try (RunReporter reporter =
        new RunReporter(
            agent.portal(), agent.spool(), kind, here.clock(), here.random(), this::refused)) {
      ProgressPrinter view =
          new ProgressPrinter(
              output,
              here,
              reporter::advanced,
              () -> cancelled.get() || stop.getAsBoolean() || output.stopped());
      agent.retriesTo(new RetryPrinter(output, here.clock(), agent.objectWait(), view::endBar));
      reporter.start();
      new ResticRevocation(agent.portal(), agent.home()).revokeWaiting();
      RunResult result = RunResult.INTERNAL;
      RunTotals runTotals = RunTotals.NONE;
      ChangeFigures changes = null;
      @Nullable String problem = DEFECT;
      try {
        RunEnd runEnd = work.work(view);
        result = runEnd.result();
        runTotals = runEnd.tally();
        changes = runEnd.changes();
        problem = null;
        view.end();
        runEnd.told().run();
        summary(runEnd, here.clock().millis() - began);
        return result;
      } catch (AgentException e) {
        result = e.result();
        problem = output.code(e);
        throw e;
      } catch (BackupStoreException e) {
        result = e.result();
        problem = output.code(e);
        throw e;
      } catch (IOException e) {
        result = RunResult.LOCAL;
        problem = output.code(e);
        throw e;
      } finally {
        view.end();
        if (result == RunResult.NETWORK) {
          view.cutShort(name());
        }
        remember(began, result, problem);
        if (!reporter.end(result, runTotals, changes)) {
          output.note("run.report-waits");
        }
      }
    } finally {
      agent.retriesTo((host, failures, status) -> {});
      ended.countDown();
      nothingToEnd.run();
    }
  }

  /** For diagnostics, which may be asked for when nothing reaches the portal. */
  private void remember(long began, RunResult result, @Nullable String problem) {
    Duration length = Duration.ofMillis(here.clock().millis() - began);
    new RunHistoryStore(agent.home())
        .ended(kind, Instant.ofEpochMilli(began), length, result, problem);
  }

  /** What IT sees of a run may be wrong then; the run itself is as it was told here. */
  private void refused(PortalRefusalException e) {
    output.note("run.report-refused", output.messages().get(e.key(), e.arguments()));
  }

  /** Has a run end, and waits for it, but not for ever. */
  static void endInOrder(AtomicBoolean cancelled, CountDownLatch ended) {
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

  private String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void summary(RunEnd runEnd, long millis) {
    RunTotals runTotals = runEnd.tally();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", runEnd.result().name());
    fields.put("exitCode", AgentExitCode.of(runEnd.result()));
    fields.put("files", runTotals.files());
    fields.put("directories", runTotals.directories());
    fields.put("others", runTotals.others());
    fields.put("unchanged", runTotals.unchanged());
    fields.put("skipped", runTotals.skipped());
    if (kind == RunReport.Kind.BACKUP) {
      fields.put("leftOut", runTotals.leftOut());
    }
    fields.put("failed", runTotals.failed());
    fields.put("plainBytes", runTotals.plainBytes());
    fields.put("bytesRead", runTotals.bytesRead());
    fields.put("bytesSent", runTotals.bytesSent());
    fields.put("bytesReceived", runTotals.bytesReceived());
    fields.put("durationMillis", millis);
    fields.putAll(runEnd.more());
    output.event(name(), fields);
    output.say("run." + name() + "." + runEnd.result());
    output.say(
        "run." + name() + ".numbers",
        runTotals.files(),
        DisplayFormat.bytes(runTotals.plainBytes()),
        DisplayFormat.bytes(
            kind == RunReport.Kind.BACKUP ? runTotals.bytesSent() : runTotals.bytesReceived()),
        runTotals.failed(),
        DisplayFormat.duration(millis),
        runTotals.unchanged());
    if (runTotals.leftOut() > 0) {
      output.say("run.backup.left-out", runTotals.leftOut());
    }
  }
}
