package org.hikae.identity.view;

import java.util.Set;

/**
 * An employee as other capabilities see them.
 *
 * @param employeeId internal id
 * @param issuer the realm
 * @param subject {@code sub}
 * @param displayName name for people
 * @param groups group paths
 */
public record EmployeeView(
    long employeeId, String issuer, String subject, String displayName, Set<String> groups) {}
