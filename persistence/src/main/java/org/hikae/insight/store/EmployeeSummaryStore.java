package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.insight.entity.EmployeeSummary;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.schema.store.EntityStore;

/** Writes what lists find and sort employees by. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class EmployeeSummaryStore extends EntityStore {

  /** Most employees summed up by one statement. */
  public static final int BATCH = 500;

  /** For the container. */
  public EmployeeSummaryStore() {}

  /** For tests without a container. */
  public EmployeeSummaryStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Sums these employees up anew, as the last act of a transaction. Their summaries are locked
   * before anything is read, in ascending order: of two transactions that change one employee the
   * second sees what the first did, and none waits for another in a circle.
   */
  public void refresh(SortedSet<Long> employeeIds) {
    List<Long> all = new ArrayList<>(employeeIds);
    for (int from = 0; from < all.size(); from += BATCH) {
      refresh(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
  }

  private void refresh(List<Long> employeeIds) {
    Map<Long, EmployeeSummary> kept = locked(employeeIds);
    if (kept.size() < employeeIds.size()) {
      begin(employeeIds.stream().filter(id -> !kept.containsKey(id)).toList());
      kept.putAll(locked(employeeIds));
    }
    for (EmployeeFigure figure : new EmployeeFigures(em()).of(employeeIds)) {
      Objects.requireNonNull(kept.get(figure.employeeId())).take(figure);
    }
    // The transaction may be past the point at which it writes by itself.
    em().flush();
  }

  private Map<Long, EmployeeSummary> locked(List<Long> employeeIds) {
    return em().createQuery(
            "select s from EmployeeSummary s where s.employeeId in :ids order by s.employeeId",
            EmployeeSummary.class)
        .setParameter("ids", employeeIds)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .collect(Collectors.toMap(EmployeeSummary::employeeId, Function.identity()));
  }

  /** Makes the rows of employees, unless another transaction does. */
  private void begin(List<Long> employeeIds) {
    String insert =
        "insert into employee_summary"
            + " (employee_id, name_key, search_text, standing, device_count, stored_bytes)"
            + " select employee_id, '', '', 0, 0, 0 from employee where employee_id in ("
            + String.join(", ", Collections.nCopies(employeeIds.size(), "?"))
            + ")";
    if (!inserted(insert, employeeIds.toArray()) && employeeIds.size() > 1) {
      // One of them is there by now, for which H2 makes none at all.
      employeeIds.forEach(id -> begin(List.of(id)));
    }
  }

  /** Employees above {@code employeeId}, ascending, at most {@link #BATCH}. */
  public List<Long> employeesAfter(long employeeId) {
    return em().createQuery(
            "select e.employeeId from Employee e where e.employeeId > :after"
                + " order by e.employeeId",
            Long.class)
        .setParameter("after", employeeId)
        .setMaxResults(BATCH)
        .getResultList();
  }
}
