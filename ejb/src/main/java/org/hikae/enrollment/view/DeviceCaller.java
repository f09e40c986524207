package org.hikae.enrollment.view;

import org.hikae.caller.view.Caller;

/**
 * A device that may act now, for an employee who may act now. Made by {@code DeviceAuthenticator}
 * only.
 *
 * @param caller the employee as the token says
 * @param employeeId internal id of the employee
 * @param deviceId hexadecimal identifier of the device
 * @param displayName name of the employee in the directory
 */
public record DeviceCaller(Caller caller, long employeeId, String deviceId, String displayName) {}
