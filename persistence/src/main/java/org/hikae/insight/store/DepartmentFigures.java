package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hikae.schema.store.EntityStore;

/** How fresh the backups of each department's devices are. Reads all devices: not for each view. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DepartmentFigures extends EntityStore {

  /** For the container. */
  public DepartmentFigures() {}

  /** For tests without a container. */
  public DepartmentFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * The devices of a department's people who take part, by their last backup.
   *
   * @param path group path at Keycloak
   * @param fresh at or after the later instant
   * @param late before it, and at or after the earlier one
   * @param stale before that
   * @param never without a backup
   */
  public record Figure(String path, long fresh, long late, long stale, long never) {

    /** For constructor expressions in queries. */
    public Figure(String path, Long fresh, Long late, Long stale, Long never) {
      this(path, (long) fresh, (long) late, (long) stale, (long) never);
    }
  }

  /**
   * Departments with devices that are behind, those with the most of them first.
   *
   * @param limit most departments, 1 to {@link #MAX_PAGE}
   */
  public List<Figure> behind(Instant later, Instant earlier, int limit) {
    String behind =
        "count(case when d.lastBackupAt is null or d.lastBackupAt < :earlier then 1 end)";
    return em().createQuery(
            "select new org.hikae.insight.store.DepartmentFigures$Figure(g,"
                + " count(case when d.lastBackupAt >= :later then 1 end),"
                + " count(case when d.lastBackupAt >= :earlier and d.lastBackupAt < :later"
                + " then 1 end), count(case when d.lastBackupAt < :earlier then 1 end),"
                + " count(case when d.lastBackupAt is null then 1 end))"
                + " from Employee e join e.groups g join Device d on d.employeeId = e.employeeId"
                + " join EmployeeSummary s on s.employeeId = e.employeeId"
                + " where s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE"
                + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED"
                + " group by g having "
                + behind
                + " > 0 order by "
                + behind
                + " desc, g",
            Figure.class)
        .setParameter("later", later)
        .setParameter("earlier", earlier)
        .setMaxResults(Math.clamp(limit, 1, MAX_PAGE))
        .getResultList();
  }
}
