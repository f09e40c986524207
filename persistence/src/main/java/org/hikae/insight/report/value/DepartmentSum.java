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
    String path, long employees, long invited, long optedIn, long backedUp) {

  /** Small departments together, before any is among them. */
  public static final DepartmentSum OTHERS = new DepartmentSum("others", 0, 0, 0, 0);

  /** Both together, under the path of this one. */
  public DepartmentSum with(DepartmentSum other) {
    return new DepartmentSum(
        path,
        employees + other.employees,
        invited + other.invited,
        optedIn + other.optedIn,
        backedUp + other.backedUp);
  }
}
