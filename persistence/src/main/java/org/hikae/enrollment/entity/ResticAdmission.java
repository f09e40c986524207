package org.hikae.enrollment.entity;

import java.time.Instant;
import org.hikae.identity.entity.EmployeeState;
import org.jspecify.annotations.Nullable;

/**
 * What the one query of the restic gate finds for a user name: the credential, and whether all that
 * it hangs on may act.
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
    ResticCredential.Scope scope,
    SetState setState) {

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

  static ResticAdmission of(
      ResticCredential credential,
      EmployeeState employee,
      Device device,
      SetState set,
      Instant now) {
    return new ResticAdmission(
        credential.secretHash(),
        credential.usable(now),
        credential.lastUsedAt(),
        new Person(device.employeeId(), employee),
        new Machine(device.deviceId(), device.state()),
        credential.scope(),
        set);
  }
}
