package org.hikae.device.portal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.run.RunTotals;
import org.hikae.device.state.RunReportSpool;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Tells the portal that a run started, is alive (every {@link #HEARTBEAT}) and how it ended:
 * numbers only, never a name or a path. Reporting never fails a run: what cannot be sent waits in
 * the spool and goes out with a later run.
 */
public final class RunReporter implements AutoCloseable {

  /** Time between two signs of life. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** For reports that waited; those that are left go out with a later run. */
  private static final Duration MOST_FOR_WAITING = Duration.ofMinutes(1);

  private final DevicePortalClient portal;
  private final RunReportSpool spool;
  private final RunReport.Kind kind;
  private final Clock clock;
  private final String runId;
  private final Instant startedAt;
  private final AtomicLong filesDone = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private @Nullable ScheduledExecutorService heart;

  /** Prepares reports of one run. */
  public RunReporter(
      DevicePortalClient portal,
      RunReportSpool spool,
      RunReport.Kind kind,
      Clock clock,
      SecureRandom random) {
    this.portal = portal;
    this.spool = spool;
    this.kind = kind;
    this.clock = clock;
    this.startedAt = clock.instant();
    byte[] id = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(id);
    this.runId = TextCodec.hex(id);
  }

  /** Sends what waited, then the start, and begins to send signs of life. */
  public void start() {
    if (send(runId, running())) {
      sendWaiting();
    }
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hikae-heartbeat").factory());
    // Its sends never throw, so nothing is lost with its future.
    var _ =
        made.scheduleWithFixedDelay(
            () -> send(runId, running()),
            HEARTBEAT.toSeconds(),
            HEARTBEAT.toSeconds(),
            TimeUnit.SECONDS);
    heart = made;
  }

  /** What the next sign of life says. */
  public void advanced(long files, long plainBytes) {
    filesDone.set(files);
    bytesRead.set(plainBytes);
  }

  /** Reports the end; false when the report waits in the spool. */
  public boolean end(RunResult result, RunTotals runTotals) {
    stopHeart();
    Instant now = clock.instant();
    RunReport report =
        new RunReport(
            kind,
            result,
            startedAt,
            now,
            AgentVersion.CURRENT,
            runTotals.files(),
            runTotals.failed(),
            runTotals.bytesRead(),
            runTotals.bytesSent(),
            runTotals.bytesReceived(),
            Duration.between(startedAt, now).toMillis());
    // Without a network another two minutes of tries would only keep the person waiting.
    if (result != RunResult.NETWORK && send(runId, report)) {
      return true;
    }
    spool.keep(runId, report);
    return false;
  }

  private void sendWaiting() {
    Instant enough = clock.instant().plus(MOST_FOR_WAITING);
    for (RunReportSpool.PendingReport pendingReport : spool.waiting()) {
      if (clock.instant().isAfter(enough) || !send(pendingReport.runId(), pendingReport.report())) {
        return;
      }
      spool.sent(pendingReport.runId());
    }
  }

  private RunReport running() {
    return new RunReport(
        kind,
        RunResult.RUNNING,
        startedAt,
        null,
        AgentVersion.CURRENT,
        filesDone.get(),
        0,
        bytesRead.get(),
        0,
        0,
        Duration.between(startedAt, clock.instant()).toMillis());
  }

  private boolean send(String id, RunReport report) {
    try {
      portal.putRun(id, report);
      return true;
    } catch (PortalRefusalException e) {
      // A report the portal refuses for good is not worth keeping; a busy portal's is.
      return e.result() == RunResult.REFUSED && e.status() != 401;
    } catch (AgentException e) {
      return false;
    }
  }

  private void stopHeart() {
    ScheduledExecutorService running = heart;
    if (running != null) {
      running.shutdownNow();
      heart = null;
    }
  }

  @Override
  public void close() {
    stopHeart();
  }
}
