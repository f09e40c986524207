package org.hikae.insight.value;

import java.time.Instant;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.identity.value.EmployeeState;
import org.jspecify.annotations.Nullable;

/**
 * One employee with figures of every capability.
 *
 * @param employeeId internal id
 * @param displayName name
 * @param username user name at Keycloak, now
 * @param email mail, if any
 * @param account state of the account
 * @param currentSet state of the set in use, if any
 * @param withdrawnSets number of sets given up
 * @param devices devices that are not revoked
 * @param lastRun the newest run, if any
 * @param lastBackupAt newest snapshot, if any
 * @param storedBytes bytes stored, each object once
 */
public record EmployeeFigure(
    long employeeId,
    String displayName,
    String username,
    @Nullable String email,
    EmployeeState account,
    @Nullable BackupSetState currentSet,
    long withdrawnSets,
    long devices,
    @Nullable LastRun lastRun,
    @Nullable Instant lastBackupAt,
    long storedBytes) {

  /** For constructor expressions in queries. */
  @SuppressWarnings("ParameterNumber") // one per selected column
  public EmployeeFigure(
      Long employeeId,
      String displayName,
      String username,
      @Nullable String email,
      EmployeeState account,
      @Nullable BackupSetState currentSet,
      Long withdrawnSets,
      Long devices,
      @Nullable Instant runReportedAt,
      RunReport.@Nullable Kind runKind,
      @Nullable RunResult runResult,
      @Nullable Instant lastBackupAt,
      @Nullable Long storedBytes) {
    this(
        (long) employeeId,
        displayName,
        username,
        email,
        account,
        currentSet,
        (long) withdrawnSets,
        (long) devices,
        LastRun.of(runReportedAt, runKind, runResult),
        lastBackupAt,
        storedBytes == null ? 0 : storedBytes);
  }

  /** Where they stand. */
  public EmployeeFilter.EnrollmentStatus standing() {
    return switch (currentSet) {
      case ACTIVE -> EmployeeFilter.EnrollmentStatus.ACTIVE;
      case PENDING -> EmployeeFilter.EnrollmentStatus.PENDING;
      case null, default ->
          withdrawnSets > 0
              ? EmployeeFilter.EnrollmentStatus.WITHDRAWN
              : EmployeeFilter.EnrollmentStatus.NONE;
    };
  }

  /** The same as people are told. */
  public OptInState optIn() {
    return switch (standing()) {
      case NONE -> OptInState.NOT_OPTED_IN;
      case PENDING -> OptInState.PENDING;
      case ACTIVE -> OptInState.OPTED_IN;
      case WITHDRAWN -> OptInState.WITHDRAWN;
    };
  }
}
