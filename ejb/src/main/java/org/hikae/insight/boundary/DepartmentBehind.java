package org.hikae.insight.boundary;

import org.hikae.insight.entity.DepartmentFigures;

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
public record DepartmentBehind(String path, long fresh, long late, long stale, long never) {

  static DepartmentBehind of(DepartmentFigures.Figure figure) {
    return new DepartmentBehind(
        figure.path(), figure.fresh(), figure.late(), figure.stale(), figure.never());
  }
}
