package org.hikae.backup.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.entity.Snapshot;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.schema.store.EntityStore;

/**
 * Alarms about changed files, and the last snapshot before one. The caller of a change holds the
 * employee.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ChangeAlarmStore extends EntityStore {

  /** Most rows that one step of forgetting removes. */
  public static final int STEP = 1000;

  /** For the container. */
  public ChangeAlarmStore() {}

  /** For tests without a container. */
  public ChangeAlarmStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Adds an alarm. */
  public ChangeAlarm add(ChangeAlarm alarm) {
    em().persist(alarm);
    em().flush();
    return alarm;
  }

  /**
   * Whether an alarm about a device of the employee stands, or rests.
   *
   * @param kept the clock of nightly maintenance
   */
  public boolean freezes(long employeeId, Instant kept) {
    return em().createQuery(
                "select count(a) from ChangeAlarm a where a.employeeId = :employee"
                    + " and (a.currentOf is not null or a.restUntilKept > :kept)",
                Long.class)
            .setParameter("employee", employeeId)
            .setParameter("kept", kept)
            .getSingleResult()
        > 0;
  }

  /**
   * Until when nothing of an employee of a scope goes because an alarm was ended; empty when no
   * alarm of theirs rests.
   *
   * @param kept the clock of nightly maintenance, which the answer is by, too
   */
  public Optional<Instant> restUntil(DepartmentScope scope, long employeeId, Instant kept) {
    TypedQuery<Instant> query =
        em().createQuery(
                "select max(a.restUntilKept) from ChangeAlarm a where a.employeeId = :employee"
                    + " and a.restUntilKept > :kept"
                    + scope.and("a.employeeId"),
                Instant.class)
            .setParameter("employee", employeeId)
            .setParameter("kept", kept);
    scope.parameters().forEach(query::setParameter);
    return Optional.ofNullable(query.getSingleResult());
  }

  /** Alarms that stand about devices of an employee, the oldest first. */
  public List<ChangeAlarm> of(long employeeId) {
    return em().createQuery(
            "select a from ChangeAlarm a where a.employeeId = :employee"
                + " and a.currentOf is not null order by a.alarmId",
            ChangeAlarm.class)
        .setParameter("employee", employeeId)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** The alarm that stands about a device. */
  public Optional<ChangeAlarm> current(String deviceId) {
    return only(
        em().createQuery(
                "select a from ChangeAlarm a where a.currentOf = :device", ChangeAlarm.class)
            .setParameter("device", deviceId)
            .getResultList());
  }

  /** When the last alarm about a device was ended; empty when none was. */
  public Optional<Instant> lastEnd(String deviceId) {
    return Optional.ofNullable(
        em().createQuery(
                "select max(a.endedAt) from ChangeAlarm a where a.deviceId = :device",
                Instant.class)
            .setParameter("device", deviceId)
            .getSingleResult());
  }

  /** Alarms that stand about devices of people of a scope, the newest first. */
  public List<ChangeAlarm> standing(DepartmentScope scope, int limit) {
    TypedQuery<ChangeAlarm> query =
        em().createQuery(
                "select a from ChangeAlarm a where a.currentOf is not null"
                    + scope.and("a.employeeId")
                    + " order by a.alarmId desc",
                ChangeAlarm.class);
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /** An alarm that stands about a device of somebody of a scope, and is not yet locked. */
  public Optional<ChangeAlarm> standing(DepartmentScope scope, long alarmId) {
    TypedQuery<ChangeAlarm> query =
        em().createQuery(
                "select a from ChangeAlarm a where a.alarmId = :alarm and a.currentOf is not null"
                    + scope.and("a.employeeId"),
                ChangeAlarm.class)
            .setParameter("alarm", alarmId);
    scope.parameters().forEach(query::setParameter);
    return only(query.getResultList());
  }

  /** The same, read anew and locked until the transaction ends; empty when it has been ended. */
  public Optional<ChangeAlarm> lock(ChangeAlarm alarm) {
    em().refresh(alarm, LockModeType.PESSIMISTIC_WRITE);
    return alarm.endedAt() == null ? Optional.of(alarm) : Optional.empty();
  }

  /** Removes some alarms that were ended before a moment; how many. */
  public int forget(Instant before) {
    List<Long> old =
        em().createQuery(
                "select a.alarmId from ChangeAlarm a where a.endedAt < :before order by a.alarmId",
                Long.class)
            .setParameter("before", before)
            .setMaxResults(STEP)
            .getResultList();
    return old.isEmpty()
        ? 0
        : em().createQuery("delete from ChangeAlarm a where a.alarmId in :ids")
            .setParameter("ids", old)
            .executeUpdate();
  }

  /** Removes the alarms about an employee's devices that were raised until a moment. */
  public void erase(long employeeId, Instant until) {
    em().createQuery(
            "delete from ChangeAlarm a where a.employeeId = :employee and a.raisedAt <= :until")
        .setParameter("employee", employeeId)
        .setParameter("until", until)
        .executeUpdate();
  }

  /** The newest snapshot of a device before a moment that can still be read. */
  public Optional<Snapshot> lastBefore(String deviceId, Instant moment) {
    return em()
        .createQuery(
            "select s from Snapshot s where s.deviceId = :device and s.committedAt < :moment"
                + " and not exists (select f from SnapshotFate f where f.snapshotRow = s.row"
                + " and f.state = org.hikae.backup.wire.ReleaseState.REMOVED)"
                + " order by s.row desc",
            Snapshot.class)
        .setParameter("device", deviceId)
        .setParameter("moment", moment)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }
}
