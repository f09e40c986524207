package org.hikae.device.portal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.run.RoundedFigures;
import org.hikae.device.run.RunTotals;
import org.hikae.device.state.RunReportSpool;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Tells the portal that a run is at work (after {@link #FIRST_SIGN}, and every {@link #HEARTBEAT}
 * from then on) and how it ended, which is all there is of a shorter one: rounded numbers only
 * (spec HK1-S-22), never a name or a path. Reporting never fails a run: what cannot be sent waits
 * in the spool and goes out with a later run. A report that the portal refuses, such as an end that
 * it was told otherwise (spec HK1-S-10), would be refused again: it is not kept, and that is told.
 */
public final class RunReporter implements AutoCloseable {

  /** Time between two signs of life. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** A run that ends sooner says no more than that. */
  static final Duration FIRST_SIGN = Duration.ofSeconds(2);

  /** How long the end waits for a sign of life that is on its way, so as not to come before it. */
  private static final Duration OVERTAKING = Duration.ofSeconds(5);

  private static final int UNAUTHORIZED = 401;

  /** For reports that waited; those that are left go out with a later run. */
  private static final Duration MOST_FOR_WAITING = Duration.ofMinutes(1);

  private final DevicePortalClient portal;
  private final RunReportSpool spool;
  private final RunReport.Kind kind;
  private final Clock clock;
  private final Consumer<PortalRefusalException> refused;
  private final String runId;
  private final Instant startedAt;
  private final Duration firstSign;
  private final AtomicLong filesDone = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private volatile boolean waitingSent;
  private @Nullable ScheduledExecutorService heart;

  /** How sending a report ended. */
  private enum Sending {
    /** The portal has it. */
    TAKEN,
    /** The portal will never have it. */
    REFUSED,
    /** It may be taken another time. */
    FAILED
  }

  /** Prepares reports of one run; {@code refused} hears of ends that the portal does not take. */
  public RunReporter(
      DevicePortalClient portal,
      RunReportSpool spool,
      RunReport.Kind kind,
      Clock clock,
      SecureRandom random,
      Consumer<PortalRefusalException> refused) {
    this(portal, spool, kind, clock, random, refused, FIRST_SIGN);
  }

  /** The same with another time until the first sign of life. */
  RunReporter(
      DevicePortalClient portal,
      RunReportSpool spool,
      RunReport.Kind kind,
      Clock clock,
      SecureRandom random,
      Consumer<PortalRefusalException> refused,
      Duration firstSign) {
    this.firstSign = firstSign;
    this.portal = portal;
    this.refused = refused;
    this.spool = spool;
    this.kind = kind;
    this.clock = clock;
    this.startedAt = clock.instant();
    byte[] id = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(id);
    this.runId = TextCodec.hex(id);
  }

  /** Begins to send signs of life, before the first of them what waited. */
  public void start() {
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hikae-heartbeat").factory());
    // Its sends never throw, so nothing is lost with its future.
    var _ =
        made.scheduleWithFixedDelay(
            () -> {
              if (sendWaiting()) {
                var _ = send(runId, running(), RunReporter::nobody);
              }
            },
            firstSign.toMillis(),
            HEARTBEAT.toMillis(),
            TimeUnit.MILLISECONDS);
    heart = made;
  }

  /** What the next sign of life says. */
  public void advanced(long files, long plainBytes) {
    filesDone.set(files);
    bytesRead.set(plainBytes);
  }

  /** Reports the end; false when the report waits in the spool. */
  public boolean end(RunResult result, RunTotals runTotals) {
    return end(result, runTotals, null);
  }

  /** The same, with how a backup differs from the one before, if that may be told. */
  public boolean end(RunResult result, RunTotals runTotals, @Nullable ChangeFigures changes) {
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
            Duration.between(startedAt, now).toMillis(),
            changes);
    // Without a network another two minutes of tries would only keep the person waiting, and so
    // would
    // what waited once they want to stop.
    boolean reachable =
        result != RunResult.NETWORK && (result == RunResult.CANCELLED || sendWaiting());
    if (reachable && send(runId, report, refused) != Sending.FAILED) {
      return true;
    }
    spool.keep(runId, report);
    return false;
  }

  /**
   * Sends what waited, before anything is said of this run: to the portal the run that it heard of
   * last is the newest. Once in a run; what takes too long goes out with a later one.
   *
   * @return false when the portal cannot be reached
   */
  private boolean sendWaiting() {
    if (waitingSent) {
      return true;
    }
    Instant enough = clock.instant().plus(MOST_FOR_WAITING);
    for (RunReportSpool.PendingReport pendingReport : spool.waiting()) {
      if (clock.instant().isAfter(enough)) {
        break;
      }
      if (send(pendingReport.runId(), pendingReport.report(), refused) == Sending.FAILED) {
        return false;
      }
      spool.drop(pendingReport.runId());
    }
    waitingSent = true;
    return true;
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
        Duration.between(startedAt, clock.instant()).toMillis(),
        null);
  }

  /** Of what is no end: when it is refused so is the end, which is told. */
  private static void nobody(PortalRefusalException refusal) {
    // The end says the same.
  }

  private Sending send(
      String id, RunReport report, Consumer<PortalRefusalException> hearsOfRefusal) {
    try {
      // Reports in the spool are exact.
      portal.putRun(id, RoundedFigures.of(report));
      return Sending.TAKEN;
    } catch (PortalRefusalException e) {
      // Of a busy portal, and while nobody is signed in, it is worth keeping.
      if (e.result() != RunResult.REFUSED || e.status() == UNAUTHORIZED) {
        return Sending.FAILED;
      }
      hearsOfRefusal.accept(e);
      return Sending.REFUSED;
    } catch (AgentException e) {
      return Sending.FAILED;
    }
  }

  private void stopHeart() {
    ScheduledExecutorService running = heart;
    if (running == null) {
      return;
    }
    heart = null;
    running.shutdownNow();
    try {
      var _ = running.awaitTermination(OVERTAKING.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // The end is sent all the same, or kept.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopHeart();
  }
}
