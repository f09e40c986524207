package org.hikae.enrollment.view;

/**
 * A restic client that may act now in one repository, for a device and an employee who may act now.
 * Made by {@code ResticAuthenticator} only.
 *
 * @param employeeId internal id of the employee
 * @param deviceId identifier of the device
 * @param setId the set that the repository belongs to
 * @param repositoryId number of the repository
 */
public record ResticCaller(long employeeId, String deviceId, String setId, long repositoryId) {}
