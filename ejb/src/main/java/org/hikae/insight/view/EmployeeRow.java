package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.backup.wire.RunReport;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.LastRun;
import org.jspecify.annotations.Nullable;

/**
 * An employee as an admin sees them.
 *
 * @param employeeId the portal's number for them
 * @param displayName name
 * @param username user name at Keycloak, now
 * @param email mail, if any
 * @param account state of the account: ENABLED, DISABLED or GONE
 * @param optIn where they stand
 * @param devices devices that are not revoked
 * @param lastRunAt last report of the newest run, if any
 * @param lastRunKind BACKUP, RESTORE or VERIFY
 * @param lastRun how the newest run stands
 * @param lastBackupAt time of the newest snapshot, if any
 * @param storedBytes bytes stored, each object counted once
 */
public record EmployeeRow(
    long employeeId,
    String displayName,
    String username,
    @Nullable String email,
    EmployeeState account,
    OptInState optIn,
    long devices,
    @Nullable Instant lastRunAt,
    RunReport.@Nullable Kind lastRunKind,
    @Nullable RunState lastRun,
    @Nullable Instant lastBackupAt,
    long storedBytes)
    implements Serializable {

  public static EmployeeRow of(EmployeeFigure figure, Instant now) {
    LastRun run = figure.lastRun();
    return new EmployeeRow(
        figure.employeeId(),
        figure.displayName(),
        figure.username(),
        figure.email(),
        figure.account(),
        figure.optIn(),
        figure.devices(),
        run == null ? null : run.reportedAt(),
        run == null ? null : run.kind(),
        RunState.of(run, now),
        figure.lastBackupAt(),
        figure.storedBytes());
  }
}
