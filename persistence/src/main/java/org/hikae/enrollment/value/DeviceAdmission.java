package org.hikae.enrollment.value;

import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.value.EmployeeState;

/**
 * What the one query finds by which a device is admitted: a live session whose employee is the
 * token's.
 *
 * @param employeeId internal id of the employee
 * @param employeeState whether the employee may act
 * @param deviceId the device
 * @param deviceState whether the device may act
 * @param displayName name of the employee
 */
public record DeviceAdmission(
    long employeeId,
    EmployeeState employeeState,
    String deviceId,
    DeviceState deviceState,
    String displayName) {}
