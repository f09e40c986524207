package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.hk1.WrapMethod;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.LastRun;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** The figures of one employee, for that employee. Every query names the employee. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class OwnFigures extends EntityStore {

  /** Most devices shown. */
  public static final int MAX_DEVICES = 100;

  /** Most invitations shown. */
  public static final int MAX_INVITATIONS = 20;

  /** Most protections shown. */
  public static final int MAX_WRAPS = 100;

  /** For the container. */
  public OwnFigures() {}

  /** For tests without a container. */
  public OwnFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** What is stored, all sets together. */
  public record Stored(long bytes, long objects) {

    /** For constructor expressions in queries. */
    public Stored(@Nullable Long bytes, @Nullable Long objects) {
      this(bytes == null ? 0 : (long) bytes, objects == null ? 0 : (long) objects);
    }
  }

  /** A device with its newest run. */
  public record DeviceFigure(
      String deviceId,
      String name,
      String platform,
      String agentVersion,
      DeviceState state,
      DeviceTimes seen,
      @Nullable LastRun lastRun) {

    /** For constructor expressions in queries. */
    @SuppressWarnings("ParameterNumber") // one per selected column
    public DeviceFigure(
        String deviceId,
        String name,
        String platform,
        String agentVersion,
        DeviceState state,
        Instant enrolledAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant lastBackupAt,
        @Nullable BackupProgram lastBackupBy,
        @Nullable Instant runReportedAt,
        RunReport.@Nullable Kind runKind,
        @Nullable RunResult runResult) {
      this(
          deviceId,
          name,
          platform,
          agentVersion,
          state,
          new DeviceTimes(enrolledAt, lastSeenAt, lastBackupAt, lastBackupBy),
          LastRun.of(runReportedAt, runKind, runResult));
    }
  }

  /**
   * A campaign's invitation of the employee.
   *
   * @param campaign name of the campaign
   * @param wave name of the wave
   * @param invitedAt when
   * @param seenAt when they were told on a page or by the agent; null when not yet
   * @param optedInAt when they opted in after it; null when not
   * @param withdrawnAt when the campaign took it back; null when it stands
   */
  public record InvitationFigure(
      String campaign,
      String wave,
      Instant invitedAt,
      @Nullable Instant seenAt,
      @Nullable Instant optedInAt,
      @Nullable Instant withdrawnAt) {}

  /** When a device was there, and what made its last backup. */
  public record DeviceTimes(
      Instant enrolledAt,
      @Nullable Instant lastSeenAt,
      @Nullable Instant lastBackupAt,
      @Nullable BackupProgram lastBackupBy) {}

  /** A wrap without its bytes. */
  public record WrapFigure(
      String wrapId, WrapMethod method, long generation, String deviceName, Instant createdAt) {}

  /** A snapshot with the name of its device. */
  public record SnapshotFigure(
      String snapshotId,
      String deviceName,
      long sequence,
      Instant committedAt,
      long files,
      long plainBytes,
      long storedBytes) {}

  /** The employee as all employees are shown. */
  public Optional<EmployeeFigure> employee(long employeeId) {
    return new EmployeeFigures(em()).one(employeeId);
  }

  /** What is stored. */
  public Stored stored(long employeeId) {
    return em().createQuery(
            "select new org.hikae.insight.store.OwnFigures$Stored(sum(b.storedBytes),"
                + " sum(b.objectCount)) from BackupRepository b where b.employeeId = :employee",
            Stored.class)
        .setParameter("employee", employeeId)
        .getSingleResult();
  }

  /** Devices, revoked ones last, then newest first. */
  public List<DeviceFigure> devices(long employeeId) {
    return em().createQuery(
            "select new org.hikae.insight.store.OwnFigures$DeviceFigure(d.deviceId, d.name,"
                + " d.platform, d.agentVersion, d.state, d.enrolledAt, d.lastSeenAt,"
                + " d.lastBackupAt, d.lastBackupBy, r.lastReportedAt, r.kind, r.result)"
                + " from Device d"
                + " left join NewestRun n on n.deviceId = d.deviceId"
                + " left join Run r on r.row = n.runRow"
                + " where d.employeeId = :employee"
                + " order by case when d.state = org.hikae.enrollment.wire.DeviceState.REVOKED"
                + " then 1 else 0 end, d.enrolledAt desc, d.deviceId",
            DeviceFigure.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_DEVICES)
        .getResultList();
  }

  /** The invitations of campaigns, newest first, at most {@link #MAX_INVITATIONS}. */
  public List<InvitationFigure> invitations(long employeeId) {
    return em().createQuery(
            "select new org.hikae.insight.store.OwnFigures$InvitationFigure(c.name, w.name,"
                + " i.invitedAt, i.seenAt, i.optedInAt, i.withdrawnAt) from Invitation i"
                + " join Campaign c on c.campaignId = i.key.campaignId"
                + " join Wave w on w.waveId = i.waveId"
                + " where i.key.employeeId = :employee"
                + " order by i.invitedAt desc, i.key.campaignId desc",
            InvitationFigure.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_INVITATIONS)
        .getResultList();
  }

  /** Protections of the set in use, oldest first. */
  public List<WrapFigure> wraps(long employeeId) {
    return em().createQuery(
            "select new org.hikae.insight.store.OwnFigures$WrapFigure(w.wrapId, w.method,"
                + " w.generation, d.name, w.createdAt)"
                + " from BackupSet s join KeyWrap w on w.setId = s.setId"
                + " join Device d on d.deviceId = w.deviceId"
                + " where s.currentOf = :employee order by w.createdAt, w.wrapId",
            WrapFigure.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_WRAPS)
        .getResultList();
  }

  /** How many snapshots there are. */
  public long snapshots(long employeeId) {
    return em().createQuery(
            "select count(s) from Snapshot s where s.employeeId = :employee", Long.class)
        .setParameter("employee", employeeId)
        .getSingleResult();
  }

  /** Snapshots in an order, from {@code offset} on. */
  public List<SnapshotFigure> snapshots(
      long employeeId, boolean bySize, boolean descending, int offset, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    String direction = descending ? " desc" : " asc";
    return em().createQuery(
            "select new org.hikae.insight.store.OwnFigures$SnapshotFigure(s.snapshotId, d.name,"
                + " s.sequence, s.committedAt, s.fileCount, s.plainBytes, s.storedBytes)"
                + " from Snapshot s join Device d on d.deviceId = s.deviceId"
                + " where s.employeeId = :employee order by "
                + (bySize ? "s.storedBytes" + direction + ", " : "")
                + "s.row"
                + direction,
            SnapshotFigure.class)
        .setParameter("employee", employeeId)
        .setFirstResult(offset)
        .setMaxResults(limit)
        .getResultList();
  }
}
