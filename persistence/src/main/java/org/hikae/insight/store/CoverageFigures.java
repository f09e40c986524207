package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.entity.Run;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.LastRun;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Figures about everybody together, and the runs of one employee; for those who run the backup. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class CoverageFigures extends EntityStore {

  /** Most departments shown. */
  public static final int MAX_DEPARTMENTS = 500;

  /** Most runs of an employee shown. */
  public static final int MAX_RUNS = 50;

  /** For the container. */
  public CoverageFigures() {}

  /** For tests without a container. */
  public CoverageFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * A department.
   *
   * @param path group path at Keycloak
   * @param employees enabled members
   * @param optedIn those of them who take part
   * @param invited those of them with an invitation of a campaign that stands
   */
  public record DepartmentFigure(String path, long employees, long optedIn, long invited) {}

  /**
   * A run without anything that names a file.
   *
   * @param deviceName which device
   * @param lastRun how it stands
   * @param startedAt the device's time
   * @param work what it did
   */
  public record RunFigure(String deviceName, LastRun lastRun, Instant startedAt, Work work) {

    /** For constructor expressions in queries. */
    @SuppressWarnings("ParameterNumber") // one per selected column
    public RunFigure(
        String deviceName,
        Instant reportedAt,
        RunReport.Kind kind,
        RunResult result,
        Instant startedAt,
        long filesDone,
        long filesFailed,
        long bytesSent,
        long durationMillis) {
      this(
          deviceName,
          new LastRun(reportedAt, kind, result),
          startedAt,
          new Work(filesDone, filesFailed, bytesSent, durationMillis));
    }
  }

  /**
   * What a run did.
   *
   * @param filesDone files done
   * @param filesFailed files that could not be read or written
   * @param bytesSent sent to the portal
   * @param durationMillis how long it took
   */
  public record Work(long filesDone, long filesFailed, long bytesSent, long durationMillis) {}

  /** Bytes stored for everybody. */
  public long storedBytes() {
    return storedBytes(DepartmentScope.COMPANY);
  }

  /** Bytes stored for people of a scope. */
  public long storedBytes(DepartmentScope scope) {
    TypedQuery<Long> query =
        em().createQuery(
                "select sum(b.storedBytes) from BackupRepository b where "
                    + scope.condition("b.employeeId"),
                Long.class);
    scope.parameters().forEach(query::setParameter);
    @Nullable Long sum = query.getSingleResult();
    return sum == null ? 0 : sum;
  }

  /**
   * What is stored for everybody.
   *
   * @param employees people who ever stored something
   * @param liveBytes bytes that count against quotas
   * @param heldBytes bytes that only released snapshots or none need
   */
  public record StorageFigure(long employees, long liveBytes, long heldBytes) {

    /** For constructor expressions in queries. */
    public StorageFigure(Long employees, Long liveBytes, Long heldBytes) {
      this((long) employees, (long) liveBytes, (long) heldBytes);
    }
  }

  /** What is stored for everybody. */
  public StorageFigure storage() {
    return em().createQuery(
            "select new org.hikae.insight.store.CoverageFigures$StorageFigure(count(u),"
                + " coalesce(sum(u.liveBytes), 0), coalesce(sum(u.heldBytes), 0)) from StorageUse u",
            StorageFigure.class)
        .getSingleResult();
  }

  /**
   * Devices of people who take part, by their last backup.
   *
   * @param total all
   * @param fresh at or after the later instant
   * @param late before it, and at or after the earlier one
   * @param never without a backup
   */
  public record DeviceFigure(long total, long fresh, long late, long never) {

    /** For constructor expressions in queries. */
    public DeviceFigure(Long total, Long fresh, Long late, Long never) {
      this((long) total, (long) fresh, (long) late, (long) never);
    }
  }

  /** Counts the devices of people who take part, in one pass. */
  public DeviceFigure devices(Instant later, Instant earlier) {
    return devices(DepartmentScope.COMPANY, later, earlier);
  }

  /** Counts the devices of people of a scope who take part, in one pass. */
  public DeviceFigure devices(DepartmentScope scope, Instant later, Instant earlier) {
    TypedQuery<DeviceFigure> query =
        em().createQuery(
                "select new org.hikae.insight.store.CoverageFigures$DeviceFigure(count(d),"
                    + " count(case when d.lastBackupAt >= :later then 1 end),"
                    + " count(case when d.lastBackupAt >= :earlier and d.lastBackupAt < :later"
                    + " then 1 end), count(case when d.lastBackupAt is null then 1 end))"
                    + " from Device d join EmployeeSummary s on s.employeeId = d.employeeId"
                    + " where s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE"
                    + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED"
                    + scope.and("d.employeeId"),
                DeviceFigure.class);
    scope.parameters().forEach(query::setParameter);
    return query.setParameter("later", later).setParameter("earlier", earlier).getSingleResult();
  }

  /**
   * Devices of people who take part whose last backup was in a time; read from the index of last
   * backups.
   *
   * @param from at or after this
   * @param to before this
   */
  public long devicesBackedUpLast(Instant from, Instant to) {
    return em().createQuery(
            "select count(d) from Device d join EmployeeSummary s on s.employeeId = d.employeeId"
                + " where d.lastBackupAt >= :from and d.lastBackupAt < :to"
                + " and s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE"
                + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED",
            Long.class)
        .setParameter("from", from)
        .setParameter("to", to)
        .getSingleResult();
  }

  /** How many employees stand so. */
  public Map<EmployeeFilter.EnrollmentStatus, Long> people() {
    return people(DepartmentScope.COMPANY);
  }

  /** How many employees of a scope stand so. */
  public Map<EmployeeFilter.EnrollmentStatus, Long> people(DepartmentScope scope) {
    TypedQuery<Object[]> query =
        em().createQuery(
                "select s.standing, count(s) from EmployeeSummary s where "
                    + scope.condition("s.employeeId")
                    + " group by s.standing",
                Object[].class);
    scope.parameters().forEach(query::setParameter);
    return query
        .getResultStream()
        .collect(
            Collectors.toMap(
                row -> (EmployeeFilter.EnrollmentStatus) row[0], row -> (Long) row[1]));
  }

  /** Departments in the order of their paths. */
  public List<DepartmentFigure> departments() {
    // As a parameter PostgreSQL would take the limit for a tenth of all departments, and look for
    // each person by an index.
    List<?> rows =
        em().createNativeQuery(
                "select g.group_path, count(*), count(s.set_id), count(i.employee_id)"
                    + " from employee e"
                    + " join employee_group g on g.employee_id = e.employee_id"
                    + " left join backup_set s on s.current_of = e.employee_id"
                    + " and s.state = 'ACTIVE' left join (select distinct employee_id"
                    + " from rollout_invitation where withdrawn_at is null) i"
                    + " on i.employee_id = e.employee_id where e.state = 'ENABLED'"
                    + " group by g.group_path order by g.group_path fetch first "
                    + MAX_DEPARTMENTS
                    + " rows only",
                Object[].class)
            .getResultList();
    List<DepartmentFigure> departments = new ArrayList<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      departments.add(
          new DepartmentFigure(
              (String) columns[0],
              ((Number) columns[1]).longValue(),
              ((Number) columns[2]).longValue(),
              ((Number) columns[3]).longValue()));
    }
    return departments;
  }

  /** The newest runs of an employee's devices, newest first, at most {@link #MAX_RUNS}. */
  public List<RunFigure> runs(long employeeId) {
    return runs("r.employeeId", employeeId);
  }

  /** The newest runs of a device, newest first, at most {@link #MAX_RUNS}. */
  public List<RunFigure> runsOf(String deviceId) {
    return runs("r.deviceId", deviceId);
  }

  private List<RunFigure> runs(String attribute, Object value) {
    return em().createQuery(
            "select new org.hikae.insight.store.CoverageFigures$RunFigure(d.name,"
                + " r.lastReportedAt, r.kind, r.result, r.startedAt, r.filesDone, r.filesFailed,"
                + " r.bytesSent, r.durationMillis) from "
                + Run.class.getSimpleName()
                + " r join Device d on d.deviceId = r.deviceId"
                + " where "
                + attribute
                + " = :value order by r.row desc",
            RunFigure.class)
        .setParameter("value", value)
        .setMaxResults(MAX_RUNS)
        .getResultList();
  }

  /** What people of this realm are called, by subject. Those unknown are left out. */
  public Map<String, String> names(
      String issuer, Collection<String> subjects, DepartmentScope scope) {
    if (subjects.isEmpty()) {
      return Map.of();
    }
    TypedQuery<Object[]> query =
        em().createQuery(
                "select e.subject, e.displayName from Employee e"
                    + " where e.issuer = :issuer and e.subject in :subjects"
                    + scope.and("e.employeeId"),
                Object[].class)
            .setParameter("issuer", issuer)
            .setParameter("subjects", subjects);
    scope.parameters().forEach(query::setParameter);
    return query
        .setMaxResults(MAX_PAGE)
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
  }
}
