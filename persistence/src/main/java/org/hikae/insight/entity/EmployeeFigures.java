package org.hikae.insight.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.schema.entity.Repository;

/**
 * All employees with their figures, in pages. Each figure is a look-up by employee in an index or a
 * kept sum; no page adds up objects or reads a history.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class EmployeeFigures extends Repository {

  private static final String WITHDRAWN =
      "(select count(w) from BackupSet w where w.employeeId = e.employeeId"
          + " and w.state = org.hikae.enrollment.entity.SetState.WITHDRAWN)";
  private static final String DEVICES =
      "(select count(d) from Device d where d.employeeId = e.employeeId"
          + " and d.state <> org.hikae.enrollment.entity.DeviceState.REVOKED)";
  private static final String LAST_BACKUP =
      "(select max(v.lastBackupAt) from Device v where v.employeeId = e.employeeId)";
  private static final String STORED =
      "(select sum(b.storedBytes) from BackupRepository b where b.employeeId = e.employeeId)";
  private static final String FROM =
      " from Employee e"
          + " left join BackupSet s on s.currentOf = e.employeeId"
          + " left join Run r on r.row ="
          + " (select max(n.runRow) from NewestRun n where n.employeeId = e.employeeId)";
  private static final String SELECT =
      "select new org.hikae.insight.entity.EmployeeFigure(e.employeeId, e.displayName, e.username,"
          + " e.email, e.state, s.state, "
          + String.join(
              ", ", WITHDRAWN, DEVICES, "r.lastReportedAt, r.kind, r.result", LAST_BACKUP, STORED)
          + ")";

  /** For the container. */
  public EmployeeFigures() {}

  /** For tests without a container. */
  public EmployeeFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** The employees that the filter finds, from {@code offset} on. */
  public List<EmployeeFigure> page(EmployeeFilter filter, int offset, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    Map<String, Object> parameters = new HashMap<>();
    String query = SELECT + FROM + where(filter, parameters) + " order by " + order(filter);
    TypedQuery<EmployeeFigure> typed = em().createQuery(query, EmployeeFigure.class);
    parameters.forEach(typed::setParameter);
    return typed.setFirstResult(offset).setMaxResults(limit).getResultList();
  }

  /** One employee. */
  public Optional<EmployeeFigure> one(long employeeId) {
    return only(
        em().createQuery(SELECT + FROM + " where e.employeeId = :employee", EmployeeFigure.class)
            .setParameter("employee", employeeId)
            .getResultList());
  }

  /** How many employees the filter finds. */
  public long count(EmployeeFilter filter) {
    Map<String, Object> parameters = new HashMap<>();
    TypedQuery<Long> typed =
        em().createQuery("select count(e)" + FROM + where(filter, parameters), Long.class);
    parameters.forEach(typed::setParameter);
    return typed.getSingleResult();
  }

  private static String where(EmployeeFilter filter, Map<String, Object> parameters) {
    List<String> conditions = new ArrayList<>();
    if (!filter.text().isBlank()) {
      conditions.add(
          "(lower(e.displayName) like :text escape '!' or lower(e.username) like :text escape '!'"
              + " or lower(e.email) like :text escape '!')");
      parameters.put("text", "%" + literal(filter.text()) + "%");
    }
    if (filter.standing() != null) {
      conditions.add(
          switch (filter.standing()) {
            case NONE -> "s.state is null and " + WITHDRAWN + " = 0";
            case WITHDRAWN -> "s.state is null and " + WITHDRAWN + " > 0";
            case PENDING -> "s.state = org.hikae.enrollment.entity.SetState.PENDING";
            case ACTIVE -> "s.state = org.hikae.enrollment.entity.SetState.ACTIVE";
          });
    }
    EmployeeFilter.LastRunIs run = filter.lastRun();
    if (run != null) {
      conditions.add("r.result = :result");
      parameters.put("result", run.result());
      if (run.result() == RunResult.RUNNING) {
        conditions.add("r.lastReportedAt " + (run.stale() ? "<" : ">=") + " :staleBefore");
        parameters.put("staleBefore", run.staleBefore());
      }
    }
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private static String literal(String text) {
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replace("!", "!!")
        .replace("%", "!%")
        .replace("_", "!_");
  }

  private static String order(EmployeeFilter filter) {
    String direction = filter.descending() ? " desc nulls last" : " asc nulls last";
    String column =
        switch (filter.order()) {
          case NAME -> "lower(e.displayName)";
          case STANDING ->
              "case when s.state = org.hikae.enrollment.entity.SetState.ACTIVE then 3"
                  + " when s.state = org.hikae.enrollment.entity.SetState.PENDING then 2"
                  + " when "
                  + WITHDRAWN
                  + " > 0 then 1 else 0 end";
          case DEVICES -> DEVICES;
          case LAST_RUN -> "r.lastReportedAt";
          case LAST_BACKUP -> LAST_BACKUP;
          case STORED_BYTES -> "coalesce(" + STORED + ", 0)";
        };
    // The id makes the order total, so that no employee is on two pages or on none.
    return column + direction + ", e.employeeId";
  }
}
