package org.hikae.identity.view;

/**
 * Fired in the transaction that changes what lists of employees show: names, devices, sets, runs,
 * backups, bytes.
 *
 * @param employeeId whose
 */
public record EmployeeChanged(long employeeId) {}
