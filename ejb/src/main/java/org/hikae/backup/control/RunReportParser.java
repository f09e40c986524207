package org.hikae.backup.control;

import java.util.Optional;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.hk1.MalformedException;

/**
 * Reads reports of runs: figures are not negative, and a run has an end exactly when it has ended.
 */
public final class RunReportParser {

  /** Longest version text. */
  public static final int MAX_VERSION_CHARS = 50;

  private RunReportParser() {}

  /** The checked report. */
  public static ReportedRun of(RunReport report) throws MalformedException {
    BackupRequestFields.require("kind", report.kind());
    BackupRequestFields.require("result", report.result());
    BackupRequestFields.require("startedAt", report.startedAt());
    BackupRequestFields.require("agentVersion", report.agentVersion());
    if (report.agentVersion().length() > MAX_VERSION_CHARS) {
      throw new MalformedException(
          "agentVersion may have at most " + MAX_VERSION_CHARS + " characters.");
    }
    boolean ended = report.result() != RunResult.RUNNING;
    if (ended != (report.endedAt() != null)) {
      throw new MalformedException("endedAt must be there exactly when the run has ended.");
    }
    return new ReportedRun(
        report.kind(),
        report.result(),
        report.startedAt(),
        report.endedAt(),
        report.agentVersion(),
        figures(report));
  }

  /** What a backup that has ended says of its changes; empty when it says nothing. */
  public static Optional<ChangeFigures> changes(RunReport report) throws MalformedException {
    ChangeFigures changes = report.changes();
    if (changes == null) {
      return Optional.empty();
    }
    if (report.kind() != RunReport.Kind.BACKUP || report.result() == RunResult.RUNNING) {
      throw new MalformedException("changes may be there only of a backup that has ended.");
    }
    BackupRequestFields.require("changes.files", changes.files());
    BackupRequestFields.require("changes.names", changes.names());
    BackupRequestFields.require("changes.content", changes.content());
    return Optional.of(changes);
  }

  private static RunFigures figures(RunReport report) throws MalformedException {
    long[] all = {
      report.filesDone(),
      report.filesFailed(),
      report.bytesRead(),
      report.bytesSent(),
      report.bytesReceived(),
      report.durationMillis()
    };
    for (long figure : all) {
      if (figure < 0) {
        throw new MalformedException("No count, size or duration may be negative.");
      }
    }
    return new RunFigures(all[0], all[1], all[2], all[3], all[4], all[5]);
  }
}
