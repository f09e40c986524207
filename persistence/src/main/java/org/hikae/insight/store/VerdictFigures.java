package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.hk1.WrapMethod;
import org.hikae.insight.value.LastRun;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/**
 * What verdicts on several employees' backups are decided by: a query for all of them, {@link
 * #MAX_EMPLOYEES} at most.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class VerdictFigures extends EntityStore {

  /** Most employees at once. */
  public static final int MAX_EMPLOYEES = 100;

  private static final int MAX_ROWS = MAX_EMPLOYEES * OwnFigures.MAX_DEVICES;

  /** For the container. */
  public VerdictFigures() {}

  /** For tests without a container. */
  public VerdictFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** A device that is not revoked. */
  public record DeviceFigure(
      long employeeId,
      String deviceId,
      String name,
      DeviceState state,
      Instant enrolledAt,
      @Nullable Instant lastBackupAt) {}

  /** The newest run of a device that was a backup. */
  public record BackupRunFigure(String deviceId, LastRun run) {

    /** For constructor expressions in queries. */
    public BackupRunFigure(
        String deviceId, Instant reportedAt, RunReport.Kind kind, RunResult result) {
      this(deviceId, new LastRun(reportedAt, kind, result));
    }
  }

  /** Devices that are not revoked, newest first. */
  public List<DeviceFigure> devices(Collection<Long> employeeIds) {
    requireFew(employeeIds);
    return em().createQuery(
            "select new org.hikae.insight.store.VerdictFigures$DeviceFigure(d.employeeId,"
                + " d.deviceId, d.name, d.state, d.enrolledAt, d.lastBackupAt) from Device d"
                + " where d.employeeId in :employees"
                + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED"
                + " order by d.enrolledAt desc, d.deviceId",
            DeviceFigure.class)
        .setParameter("employees", employeeIds)
        .setMaxResults(MAX_ROWS)
        .getResultList();
  }

  /** Of each of these devices the newest run that was a backup, if it has one. */
  public List<BackupRunFigure> backupRuns(Collection<Long> employeeIds) {
    requireFew(employeeIds);
    return em().createQuery(
            "select new org.hikae.insight.store.VerdictFigures$BackupRunFigure(d.deviceId,"
                + " r.lastReportedAt, r.kind, r.result) from Device d"
                + " join Run r on r.row = (select max(x.row) from Run x"
                + " where x.deviceId = d.deviceId and x.kind = :kind)"
                + " where d.employeeId in :employees"
                + " and d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED",
            BackupRunFigure.class)
        .setParameter("kind", RunReport.Kind.BACKUP)
        .setParameter("employees", employeeIds)
        .setMaxResults(MAX_ROWS)
        .getResultList();
  }

  /** How the set in use is protected, by employee; without those whose set has no protection. */
  public Map<Long, Set<WrapMethod>> wrapMethods(Collection<Long> employeeIds) {
    requireFew(employeeIds);
    Map<Long, Set<WrapMethod>> methods = new HashMap<>();
    for (Object[] row :
        em().createQuery(
                "select distinct s.currentOf, w.method from BackupSet s"
                    + " join KeyWrap w on w.setId = s.setId where s.currentOf in :employees",
                Object[].class)
            .setParameter("employees", employeeIds)
            .getResultList()) {
      methods
          .computeIfAbsent((Long) row[0], _ -> EnumSet.noneOf(WrapMethod.class))
          .add((WrapMethod) row[1]);
    }
    return methods;
  }

  private static void requireFew(Collection<Long> employeeIds) {
    if (employeeIds.isEmpty() || employeeIds.size() > MAX_EMPLOYEES) {
      throw new IllegalArgumentException("1 to " + MAX_EMPLOYEES + " employees at once");
    }
  }
}
