package org.hikae.enrollment.value;

import java.time.Instant;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.value.EmployeeState;
import org.jspecify.annotations.Nullable;

/**
 * What the one query finds by which restic is admitted: the credential of a user name, and whether
 * all that it hangs on may act.
 *
 * @param secretHash SHA-256 of the password
 * @param usable whether it is neither revoked nor expired
 * @param lastUsedAt when it was last used, if ever
 * @param employee the employee
 * @param device the device
 * @param scope what it opens
 * @param setState whether the set takes part
 */
public record ResticAdmission(
    String secretHash,
    boolean usable,
    @Nullable Instant lastUsedAt,
    Person employee,
    Machine device,
    ResticCredentialScope scope,
    BackupSetState setState) {

  /**
   * The employee.
   *
   * @param employeeId internal id
   * @param state whether they may act
   */
  public record Person(long employeeId, EmployeeState state) {}

  /**
   * The device.
   *
   * @param deviceId identifier
   * @param state whether it may act
   */
  public record Machine(String deviceId, DeviceState state) {}

  /** Whether a credential still opens something, as far as it is up to it. */
  public static boolean usable(@Nullable Instant revokedAt, Instant expiresAt, Instant now) {
    return revokedAt == null && now.isBefore(expiresAt);
  }

  /** A row of the query in {@code ResticCredentialStore.admission}. */
  public static ResticAdmission of(@Nullable Object[] row, Instant now) {
    return new ResticAdmission(
        (String) row[0],
        usable((Instant) row[1], (Instant) row[2], now),
        (Instant) row[3],
        new Person((Long) row[4], (EmployeeState) row[5]),
        new Machine((String) row[6], (DeviceState) row[7]),
        new ResticCredentialScope((String) row[8], (Long) row[9], (String) row[10]),
        (BackupSetState) row[11]);
  }
}
