package org.hikae.insight.report.value;

/**
 * A department as it stands.
 *
 * @param path group path at Keycloak
 * @param employees enabled members
 * @param invited those of them with an invitation that stands
 * @param optedIn those of them who take part
 * @param backedUp those of them who take part and have a young backup
 */
public record DepartmentSum(
    String path, long employees, long invited, long optedIn, long backedUp) {}
