package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.insight.entity.EmployeeSummary;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeKeyset;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/**
 * All employees with their figures, in pages. Found and sorted by their {@link EmployeeSummary};
 * each figure shown is a look-up by employee in an index or a kept sum. No page adds up objects or
 * reads a history.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class EmployeeFigures extends EntityStore {

  private static final String WITHDRAWN =
      "(select count(w) from BackupSet w where w.employeeId = e.employeeId"
          + " and w.state = org.hikae.enrollment.wire.BackupSetState.WITHDRAWN)";
  private static final String DEVICES =
      "(select count(d) from Device d where d.employeeId = e.employeeId"
          + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED)";
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
      "select new org.hikae.insight.value.EmployeeFigure(e.employeeId, e.displayName, e.username,"
          + " e.email, e.state, s.state, "
          + String.join(
              ", ", WITHDRAWN, DEVICES, "r.lastReportedAt, r.kind, r.result", LAST_BACKUP, STORED)
          + ")";

  /** Of an employee in a list: devices that are not revoked; without the last parenthesis. */
  private static final String HAS_DEVICE =
      "exists (select d.deviceId from Device d where d.employeeId = s.employeeId"
          + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED";

  private static final String HAS_DEVICE_BEHIND =
      HAS_DEVICE + " and (d.lastBackupAt is null or d.lastBackupAt < :backedUpSince))";

  private static final String TAKES_PART =
      "s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE and ";

  /** For the container. */
  public EmployeeFigures() {}

  /** For tests without a container. */
  public EmployeeFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * A page of a list.
   *
   * @param employees those asked for
   * @param end the place after which it goes on; null when it does not
   * @param total how many employees the filter finds in all
   */
  public record Page(List<EmployeeFigure> employees, @Nullable EmployeeKeyset end, long total) {}

  /**
   * A part of a list.
   *
   * @param employees those asked for
   * @param total how many employees the filter finds in all
   */
  public record EmployeeListPart(List<EmployeeFigure> employees, long total) {}

  /** The employees that the filter finds, from {@code offset} on. */
  public List<EmployeeFigure> rows(EmployeeFilter filter, int offset, int limit) {
    return figures(places(filter, offset, limit));
  }

  /** The same, and how many there are in all: where text is looked for, in one pass for both. */
  public EmployeeListPart found(EmployeeFilter filter, int offset, int limit) {
    List<Object[]> places = places(filter, offset, limit);
    boolean counted = !filter.text().isBlank() && (offset == 0 || !places.isEmpty());
    return new EmployeeListPart(figures(places), counted ? counted(places) : count(filter));
  }

  private List<Object[]> places(EmployeeFilter filter, int offset, int limit) {
    requireLimit(limit);
    return places(filter, Search.of(filter))
        .setFirstResult(offset)
        .setMaxResults(limit)
        .getResultList();
  }

  private static long counted(List<Object[]> places) {
    return places.isEmpty() ? 0 : ((Number) places.getFirst()[2]).longValue();
  }

  /** The employees that the filter finds after a place; from the first on when it is null. */
  public Page pageAfter(EmployeeFilter filter, @Nullable EmployeeKeyset place, int limit) {
    requireLimit(limit);
    Search search = Search.of(filter);
    if (place != null) {
      search.after(filter, place);
    }
    List<Object[]> found = places(filter, search).setMaxResults(limit + 1).getResultList();
    long total = place != null || filter.text().isBlank() ? count(filter) : counted(found);
    List<Object[]> shown = found.subList(0, Math.min(found.size(), limit));
    return new Page(
        figures(shown),
        found.size() > limit
            ? new EmployeeKeyset(shown.getLast()[1], (Long) shown.getLast()[0])
            : null,
        total);
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
  }

  /**
   * Ids in the filter's order, each with what orders it and, when text is looked for, with how many
   * there are. Counting is what makes one pass through the rows of it: a database that expects to
   * find enough soon goes through all of them by the index of the order, which takes four times as
   * long when few have the text.
   */
  private TypedQuery<Object[]> places(EmployeeFilter filter, Search search) {
    String attribute = "s." + filter.order().attribute();
    String direction = filter.descending() ? " desc" : " asc";
    TypedQuery<Object[]> typed =
        em().createQuery(
                "select s.employeeId, "
                    + attribute
                    + (filter.text().isBlank() ? "" : ", count(s.employeeId) over ()")
                    + " from EmployeeSummary s"
                    + search.where()
                    + " order by "
                    + attribute
                    + direction
                    + (filter.order().mayBeAbsent() ? " nulls last" : "")
                    // The id makes the order total: no employee is on two pages or on none.
                    + ", s.employeeId"
                    + direction,
                Object[].class);
    search.parameters().forEach(typed::setParameter);
    return typed;
  }

  private List<EmployeeFigure> figures(List<Object[]> places) {
    List<Long> ids = places.stream().map(row -> (Long) row[0]).toList();
    Map<Long, EmployeeFigure> figures =
        of(ids).stream().collect(Collectors.toMap(EmployeeFigure::employeeId, figure -> figure));
    return ids.stream().map(figures::get).filter(Objects::nonNull).toList();
  }

  /** These employees, {@link #MAX_PAGE} at most, in no order. */
  public List<EmployeeFigure> of(Collection<Long> employeeIds) {
    return of(employeeIds, DepartmentScope.COMPANY);
  }

  /** Those of these employees whom a scope has, {@link #MAX_PAGE} at most, in no order. */
  public List<EmployeeFigure> of(Collection<Long> employeeIds, DepartmentScope scope) {
    if (employeeIds.size() > MAX_PAGE) {
      throw new IllegalArgumentException("at most " + MAX_PAGE + " employees at once");
    }
    if (employeeIds.isEmpty()) {
      return List.of();
    }
    TypedQuery<EmployeeFigure> query =
        em().createQuery(
                SELECT + FROM + " where e.employeeId in :ids" + scope.and("e.employeeId"),
                EmployeeFigure.class)
            .setParameter("ids", employeeIds);
    scope.parameters().forEach(query::setParameter);
    return query.getResultList();
  }

  /** One employee. */
  public Optional<EmployeeFigure> one(long employeeId) {
    return only(of(List.of(employeeId)));
  }

  /** How many employees the filter finds. */
  public long count(EmployeeFilter filter) {
    Search search = Search.of(filter);
    TypedQuery<Long> typed =
        em().createQuery("select count(s) from EmployeeSummary s" + search.where(), Long.class);
    search.parameters().forEach(typed::setParameter);
    return typed.getSingleResult();
  }

  /** Conditions on summaries. */
  private record Search(List<String> conditions, Map<String, Object> parameters) {

    private static Search of(EmployeeFilter filter) {
      Search search = new Search(new ArrayList<>(), new HashMap<>());
      if (!filter.scope().wholeCompany()) {
        search.conditions.add(filter.scope().condition("s.employeeId"));
        search.parameters.putAll(filter.scope().parameters());
      }
      if (!filter.text().isBlank()) {
        // Not "like": with a pattern that comes as a parameter PostgreSQL works its escapes out
        // again for each row, which costs as much as reading all of them.
        search.add(
            "locate(:text, s.searchText) > 0", "text", EmployeeSummary.key(filter.text().strip()));
      }
      if (filter.standing() != null) {
        search.add("s.standing = :standing", "standing", filter.standing());
      }
      EmployeeFilter.LastRunCondition run = filter.lastRun();
      if (run != null) {
        search.add("s.lastRunResult = :result", "result", run.result());
        if (run.result() == RunResult.RUNNING) {
          search.add(
              "s.lastRunAt " + (run.stale() ? "<" : ">=") + " :staleBefore",
              "staleBefore",
              run.staleBefore());
        }
      }
      Instant failedSince = filter.failedSince();
      if (failedSince != null) {
        search.add("s.lastRunResult in :failures", "failures", EmployeeFilter.FAILURES);
        search.add("s.lastRunAt >= :failedSince", "failedSince", failedSince);
      }
      if (filter.group() != null && !filter.scope().includes(filter.group())) {
        // Those of the scope may be in others, too, and it does not tell of that.
        search.conditions.add("1 = 0");
      } else if (filter.group() != null) {
        search.add(
            "s.employeeId in (select m.employeeId from Employee m join m.groups g"
                + " where g = :group)",
            "group",
            filter.group());
      }
      EmployeeFilter.Health health = filter.health();
      if (health != null) {
        search.add(
            TAKES_PART
                + (health.isProtected()
                    ? HAS_DEVICE + ") and not " + HAS_DEVICE_BEHIND
                    : "(not " + HAS_DEVICE + ") or " + HAS_DEVICE_BEHIND + ")"),
            "backedUpSince",
            health.backedUpSince());
      }
      return search;
    }

    private void add(String condition, String parameter, Object value) {
      conditions.add(condition);
      parameters.put(parameter, value);
    }

    /** Those behind a place. The bound on the value alone is what an index can begin at. */
    private void after(EmployeeFilter filter, EmployeeKeyset place) {
      String attribute = "s." + filter.order().attribute();
      String beyond = filter.descending() ? " < " : " > ";
      parameters.put("id", place.employeeId());
      if (place.value() == null) {
        conditions.add("(" + attribute + " is null and s.employeeId" + beyond + ":id)");
        return;
      }
      parameters.put("value", place.value());
      String bound =
          "("
              + attribute
              + beyond.stripTrailing()
              + "= :value and ("
              + attribute
              + beyond
              + ":value or s.employeeId"
              + beyond
              + ":id))";
      conditions.add(
          filter.order().mayBeAbsent() ? "(" + bound + " or " + attribute + " is null)" : bound);
    }

    private String where() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
  }
}
