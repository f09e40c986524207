package org.hikae.diagnostics.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.diagnostics.entity.DeviceDiagnostics;
import org.hikae.schema.store.EntityStore;

/** Diagnostics of devices. Whoever adds some holds the device. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DiagnosticsStore extends EntityStore {

  /** Most rows that one step of forgetting removes. */
  public static final int STEP = 1000;

  /** For the container. */
  public DiagnosticsStore() {}

  /** For tests without a container. */
  public DiagnosticsStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * When those of a device came after {@code since}, newest first, whether their content is still
   * there or not.
   *
   * @param most how many at most
   */
  public List<Instant> receivedSince(String deviceId, Instant since, int most) {
    return em().createQuery(
            "select d.receivedAt from DeviceDiagnostics d where d.deviceId = :device"
                + " and d.receivedAt > :since order by d.id desc",
            Instant.class)
        .setParameter("device", deviceId)
        .setParameter("since", since)
        .setMaxResults(Math.min(most, MAX_PAGE))
        .getResultList();
  }

  /**
   * Keeps some, and the content of no more than the newest of their device.
   *
   * @param kept how many those are
   */
  public void add(DeviceDiagnostics diagnostics, int kept) {
    em().persist(diagnostics);
    em().flush();
    List<Long> replaced =
        em().createQuery(
                "select d.id from DeviceDiagnostics d where d.deviceId = :device"
                    + " and d.content is not null order by d.id desc",
                Long.class)
            .setParameter("device", diagnostics.deviceId())
            .setFirstResult(kept)
            .setMaxResults(MAX_PAGE)
            .getResultList();
    if (!replaced.isEmpty()) {
      em().createQuery("update DeviceDiagnostics d set d.content = null where d.id in :ids")
          .setParameter("ids", replaced)
          .executeUpdate();
    }
  }

  /**
   * Those of a device of somebody of a scope that came after {@code since} and still have their
   * content, newest first.
   */
  public List<DeviceDiagnostics> ofDevice(
      DepartmentScope scope, String deviceId, Instant since, int limit) {
    TypedQuery<DeviceDiagnostics> query =
        em().createQuery(
                "select d from DeviceDiagnostics d where d.deviceId = :device"
                    + " and d.receivedAt > :since and d.content is not null"
                    + scope.and("d.employeeId")
                    + " order by d.id desc",
                DeviceDiagnostics.class)
            .setParameter("device", deviceId)
            .setParameter("since", since);
    scope.parameters().forEach(query::setParameter);
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }

  /** The same of all devices of an employee. */
  public List<DeviceDiagnostics> ofEmployee(long employeeId, Instant since, int limit) {
    return em().createQuery(
            "select d from DeviceDiagnostics d where d.employeeId = :employee"
                + " and d.receivedAt > :since and d.content is not null order by d.id desc",
            DeviceDiagnostics.class)
        .setParameter("employee", employeeId)
        .setParameter("since", since)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Removes all of a device; how many. */
  public int eraseOfDevice(String deviceId) {
    return em().createQuery("delete from DeviceDiagnostics d where d.deviceId = :device")
        .setParameter("device", deviceId)
        .executeUpdate();
  }

  /** Removes all of an employee's devices; how many. */
  public int eraseOfEmployee(long employeeId) {
    return em().createQuery("delete from DeviceDiagnostics d where d.employeeId = :employee")
        .setParameter("employee", employeeId)
        .executeUpdate();
  }

  /**
   * Removes up to {@link #STEP} that are too old; how many.
   *
   * @param before what came until then goes
   * @param replacedBefore what came until then goes, if it has no content any more
   */
  public int forget(Instant before, Instant replacedBefore) {
    List<Long> old =
        em().createQuery(
                "select d.id from DeviceDiagnostics d where d.receivedAt <= :before"
                    + " or (d.content is null and d.receivedAt <= :replaced) order by d.id",
                Long.class)
            .setParameter("before", before)
            .setParameter("replaced", replacedBefore)
            .setMaxResults(STEP)
            .getResultList();
    return old.isEmpty()
        ? 0
        : em().createQuery("delete from DeviceDiagnostics d where d.id in :ids")
            .setParameter("ids", old)
            .executeUpdate();
  }
}
