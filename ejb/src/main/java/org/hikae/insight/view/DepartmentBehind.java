package org.hikae.insight.view;

/**
 * A department with devices that are behind, and how its devices stand; those of people who take
 * part, as the overview counts them.
 *
 * @param path group path at Keycloak
 * @param fresh last backup younger than three days
 * @param late older, but younger than seven days
 * @param stale older than that
 * @param never no backup yet
 */
public record DepartmentBehind(String path, long fresh, long late, long stale, long never) {}
