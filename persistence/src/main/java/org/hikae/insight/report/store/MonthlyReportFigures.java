package org.hikae.insight.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.insight.report.value.DepartmentSum;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Counts what happened within a month. Reads many rows: once a month, and for a preview. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class MonthlyReportFigures extends EntityStore {

  /** Most departments that are looked at. */
  public static final int MAX_DEPARTMENTS = 5000;

  /** Most versions of policies that are told one by one. */
  public static final int MAX_VERSIONS = 100;

  private static final String FROM = "from";
  private static final String UNTIL = "until";

  /** For the container. */
  public MonthlyReportFigures() {}

  /** For tests without a container. */
  public MonthlyReportFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** People with an invitation that stood at a time. */
  public long invited(Instant at) {
    return em().createQuery(
            "select count(distinct i.key.employeeId) from Invitation i where i.invitedAt < :at"
                + " and (i.withdrawnAt is null or i.withdrawnAt >= :at)",
            Long.class)
        .setParameter("at", at)
        .getSingleResult();
  }

  /** People who were invited within the month. */
  public long invited(MonthlyReportPeriod period) {
    return em().createQuery(
            "select count(distinct i.key.employeeId) from Invitation i"
                + " where i.invitedAt >= :from and i.invitedAt < :until",
            Long.class)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getSingleResult();
  }

  /** How many people did what about their consent; who did it twice counts once. */
  public Map<ConsentAction, Long> consents(MonthlyReportPeriod period) {
    return em().createQuery(
            "select c.action, count(distinct c.employeeId) from Consent c"
                + " where c.givenAt >= :from and c.givenAt < :until group by c.action",
            Object[].class)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getResultStream()
        .collect(Collectors.toMap(row -> (ConsentAction) row[0], row -> (Long) row[1]));
  }

  /** People who take part and whose newest backup is not older than this. */
  public long protectedPeople(Instant since) {
    return em().createQuery(
            "select count(s) from EmployeeSummary s where s.lastBackupAt >= :since"
                + " and s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE",
            Long.class)
        .setParameter("since", since)
        .getSingleResult();
  }

  /**
   * All departments, the largest first.
   *
   * @param since a backup is young that is not older
   */
  public List<DepartmentSum> departments(Instant since) {
    List<?> rows =
        em().createNativeQuery(
                "select g.group_path, count(*), count(i.employee_id), count(s.set_id),"
                    + " count(case when s.set_id is not null and u.last_backup_at >= ?1 then 1 end)"
                    + " from employee e join employee_group g on g.employee_id = e.employee_id"
                    + " left join backup_set s on s.current_of = e.employee_id"
                    + " and s.state = 'ACTIVE' left join (select distinct employee_id"
                    + " from rollout_invitation where withdrawn_at is null) i"
                    + " on i.employee_id = e.employee_id left join employee_summary u"
                    + " on u.employee_id = e.employee_id where e.state = 'ENABLED'"
                    + " group by g.group_path order by count(*) desc, g.group_path fetch first "
                    + MAX_DEPARTMENTS
                    + " rows only",
                Object[].class)
            .setParameter(1, since.atOffset(ZoneOffset.UTC))
            .getResultList();
    List<DepartmentSum> departments = new ArrayList<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      departments.add(
          new DepartmentSum(
              (String) columns[0],
              number(columns[1]),
              number(columns[2]),
              number(columns[3]),
              number(columns[4])));
    }
    return departments;
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }

  /**
   * Runs of one kind that ended alike, or have not ended.
   *
   * @param result how they stand
   * @param runs how many
   * @param files files that they did
   * @param bytesReceived bytes that they received
   */
  public record RunSum(RunResult result, long runs, long files, long bytesReceived) {

    /** For constructor expressions in queries. */
    public RunSum(RunResult result, Long runs, Long files, Long bytesReceived) {
      this(result, (long) runs, (long) files, (long) bytesReceived);
    }
  }

  /** Runs of this kind that the portal first heard of within the month. */
  public List<RunSum> runs(RunReport.Kind kind, MonthlyReportPeriod period) {
    return em().createQuery(
            "select new org.hikae.insight.report.store.MonthlyReportFigures$RunSum(r.result,"
                + " count(r), sum(r.filesDone), sum(r.bytesReceived)) from Run r"
                + " where r.kind = :kind and r.firstReportedAt >= :from"
                + " and r.firstReportedAt < :until group by r.result",
            RunSum.class)
        .setParameter("kind", kind)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getResultList();
  }

  /** People with such a run. */
  public long people(RunReport.Kind kind, MonthlyReportPeriod period) {
    return em().createQuery(
            "select count(distinct r.employeeId) from Run r where r.kind = :kind"
                + " and r.firstReportedAt >= :from and r.firstReportedAt < :until",
            Long.class)
        .setParameter("kind", kind)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getSingleResult();
  }

  /** How often the audit trail has these actions; those that it has not are left out. */
  public Map<String, Long> events(Collection<String> actions, MonthlyReportPeriod period) {
    return em().createQuery(
            "select e.action, count(e) from AuditEvent e where e.happenedAt >= :from"
                + " and e.happenedAt < :until and e.action in :actions group by e.action",
            Object[].class)
        .setParameter("actions", actions)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
  }

  /** How many notices there were of these kinds; kinds without any are left out. */
  public Map<String, Long> notices(Collection<String> kinds, MonthlyReportPeriod period) {
    return em().createQuery(
            "select n.kind, count(n) from Notice n where n.createdAt >= :from"
                + " and n.createdAt < :until and n.kind in :kinds group by n.kind",
            Object[].class)
        .setParameter("kinds", kinds)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
  }

  /**
   * A version of a policy and the one that it replaced.
   *
   * @param version what a scope says since then
   * @param before what it said until then; null when it said nothing
   */
  public record PolicyStep(PolicyVersion version, @Nullable PolicyVersion before) {}

  /** How many versions of policies were made within the month. */
  public long policyVersions(MonthlyReportPeriod period) {
    return em().createQuery(
            "select count(v) from PolicyVersion v where v.madeAt >= :from and v.madeAt < :until",
            Long.class)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .getSingleResult();
  }

  /** The versions made within the month, oldest first; of many the first {@link #MAX_VERSIONS}. */
  public List<PolicyStep> policies(MonthlyReportPeriod period) {
    return em().createQuery(
            "select new org.hikae.insight.report.store.MonthlyReportFigures$PolicyStep(v, b)"
                + " from PolicyVersion v left join PolicyVersion b on b.scope = v.scope"
                + " and b.number = v.number - 1 where v.madeAt >= :from and v.madeAt < :until"
                + " order by v.versionId",
            PolicyStep.class)
        .setParameter(FROM, period.from())
        .setParameter(UNTIL, period.until())
        .setMaxResults(MAX_VERSIONS)
        .getResultList();
  }
}
