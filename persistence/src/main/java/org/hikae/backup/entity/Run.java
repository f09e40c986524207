package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * A run as its device reports it: open while reports say RUNNING, then ended for good. A run whose
 * device falls silent stays open and shows as stale.
 */
@Entity
@Table(name = "run")
public class Run {

  /** A device that says it began longer ago would hide all snapshots that are good. */
  private static final Duration MOST_UNHEARD = Duration.ofDays(1);

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "run_row")
  private Long row;

  @Column(name = "run_id", updatable = false)
  private String runId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", updatable = false)
  private RunReport.Kind kind;

  @Enumerated(EnumType.STRING)
  @Column(name = "result")
  private RunResult result;

  @Column(name = "started_at", updatable = false)
  private Instant startedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "first_reported_at", updatable = false)
  private Instant firstReportedAt;

  @Column(name = "last_reported_at")
  private Instant lastReportedAt;

  @Column(name = "agent_version")
  private String agentVersion;

  @Column(name = "files_done")
  private long filesDone;

  @Column(name = "files_failed")
  private long filesFailed;

  @Column(name = "bytes_read")
  private long bytesRead;

  @Column(name = "bytes_sent")
  private long bytesSent;

  @Column(name = "bytes_received")
  private long bytesReceived;

  @Column(name = "duration_millis")
  private long durationMillis;

  /** For the persistence provider. */
  protected Run() {}

  /** The first report of a run. */
  public Run(String runId, String deviceId, long employeeId, ReportedRun report, Instant now) {
    this.runId = runId;
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.kind = report.kind();
    this.startedAt = report.startedAt();
    this.firstReportedAt = now;
    take(report, now);
  }

  /** Replaces the last report; refused with an exception once the run has ended. */
  public void report(ReportedRun report, Instant now) {
    if (ended()) {
      throw new IllegalStateException("An ended run takes no more reports.");
    }
    take(report, now);
  }

  private void take(ReportedRun report, Instant now) {
    this.result = report.result();
    this.endedAt = report.endedAt();
    this.agentVersion = report.agentVersion();
    this.lastReportedAt = now;
    RunFigures figures = report.figures();
    this.filesDone = figures.filesDone();
    this.filesFailed = figures.filesFailed();
    this.bytesRead = figures.bytesRead();
    this.bytesSent = figures.bytesSent();
    this.bytesReceived = figures.bytesReceived();
    this.durationMillis = figures.durationMillis();
  }

  /** Whether the run takes no more reports. */
  public boolean ended() {
    return result != RunResult.RUNNING;
  }

  /**
   * Whether this report is the one that ended the run: sent again, it is success. It is the same in
   * all that is kept of it; of the start, and of how it differs from the run before, the first
   * report counts.
   */
  public boolean endedWith(ReportedRun report) {
    return ended()
        && kind == report.kind()
        && result == report.result()
        && endedAt != null
        && endedAt.equals(report.endedAt())
        && agentVersion.equals(report.agentVersion())
        && figures().equals(report.figures());
  }

  /**
   * Before this moment nothing of the run can have been committed: its beginning by the device's
   * clock, but never after the portal heard of it, nor more than a day before that.
   */
  public Instant goodUntil() {
    Instant earliest = firstReportedAt.minus(MOST_UNHEARD);
    Instant began = startedAt.isBefore(earliest) ? earliest : startedAt;
    return began.isBefore(firstReportedAt) ? began : firstReportedAt;
  }

  /** Number of the row: grows with every new run. */
  public long row() {
    return row;
  }

  /** The device's identifier for it. */
  public String runId() {
    return runId;
  }

  /** Which device. */
  public String deviceId() {
    return deviceId;
  }

  /** Whose device. */
  public long employeeId() {
    return employeeId;
  }

  /** What it does. */
  public RunReport.Kind kind() {
    return kind;
  }

  /** How it stands. */
  public RunResult result() {
    return result;
  }

  /** The device's clock. */
  public Instant startedAt() {
    return startedAt;
  }

  /** The device's clock. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** The server's clock. */
  public Instant firstReportedAt() {
    return firstReportedAt;
  }

  /** The server's clock. */
  public Instant lastReportedAt() {
    return lastReportedAt;
  }

  /** Counts and durations of the last report. */
  public RunFigures figures() {
    return new RunFigures(
        filesDone, filesFailed, bytesRead, bytesSent, bytesReceived, durationMillis);
  }
}
