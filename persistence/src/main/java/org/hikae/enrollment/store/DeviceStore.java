package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.DeviceNonce;
import org.hikae.enrollment.entity.OpenedSession;
import org.hikae.enrollment.value.DeviceAdmission;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.value.EmployeeState;
import org.hikae.schema.store.EntityStore;

/**
 * Devices, their nonces and their sessions. Every look-up names the owner, so a foreign device
 * looks like a missing one.
 */
@ApplicationScoped
public class DeviceStore extends EntityStore {

  /** For the container. */
  public DeviceStore() {}

  /** For tests without a container. */
  public DeviceStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Makes a device known; false when its identifier was taken at this moment. */
  public boolean add(Device device) {
    return written(() -> em().persist(device));
  }

  /** The device of this employee. */
  public Optional<Device> find(String deviceId, long employeeId) {
    return only(
        em().createQuery(
                "select d from Device d where d.deviceId = :device and d.employeeId = :employee",
                Device.class)
            .setParameter("device", deviceId)
            .setParameter("employee", employeeId)
            .getResultList());
  }

  /**
   * The device of this employee, to be changed: held until the transaction ends and read again
   * under the lock. All of its columns are written, so that a change made from what was read before
   * would undo what somebody else has done meanwhile, such as a revocation.
   */
  public Optional<Device> toChange(String deviceId, long employeeId) {
    Optional<Device> device = find(deviceId, employeeId);
    device.ifPresent(found -> em().refresh(found, LockModeType.PESSIMISTIC_WRITE));
    return device;
  }

  /**
   * Holds the device's row until the transaction ends and tells whether it may act, read again
   * under the lock.
   */
  public boolean lockActive(String deviceId) {
    Device device = em().find(Device.class, deviceId);
    if (device == null) {
      return false;
    }
    em().refresh(device, LockModeType.PESSIMISTIC_WRITE);
    return device.state() == DeviceState.ACTIVE;
  }

  /** Whether anyone has a device with this identifier. */
  public boolean exists(String deviceId) {
    return em().find(Device.class, deviceId) != null;
  }

  /** All devices of this employee, oldest first, at most {@code limit}. */
  public List<Device> of(long employeeId, int limit) {
    return em().createQuery(
            "select d from Device d where d.employeeId = :employee order by d.enrolledAt,"
                + " d.deviceId",
            Device.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * Active devices of enabled employees with an active set and no backup after an instant, by
   * growing identifier above {@code after}.
   */
  public List<Device> idleSince(Instant since, String after, int limit) {
    return em().createQuery(
            "select d from Device d, BackupSet s, Employee e where s.currentOf = d.employeeId"
                + " and s.state = :set and d.state = :device and e.employeeId = d.employeeId"
                + " and e.state = :enabled and coalesce(d.lastBackupAt, d.enrolledAt) < :since"
                + " and d.deviceId > :after order by d.deviceId",
            Device.class)
        .setParameter("set", BackupSetState.ACTIVE)
        .setParameter("device", DeviceState.ACTIVE)
        .setParameter("enabled", EmployeeState.ENABLED)
        .setParameter("since", since)
        .setParameter("after", after)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** What the owner of a device calls it; empty for none. */
  public String nameOf(String deviceId) {
    Device device = em().find(Device.class, deviceId);
    return device == null ? "" : device.name();
  }

  /** How many devices of this employee are not revoked. */
  public long countLive(long employeeId) {
    return em().createQuery(
            "select count(d) from Device d where d.employeeId = :employee and d.state <> :revoked",
            Long.class)
        .setParameter("employee", employeeId)
        .setParameter("revoked", DeviceState.REVOKED)
        .getSingleResult();
  }

  /** Whether a device of the employee that is not revoked was last signed in with this session. */
  public boolean isSignedInWith(long employeeId, String keycloakSession) {
    return em().createQuery(
                "select count(d) from Device d where d.employeeId = :employee"
                    + " and d.keycloakSession = :session and d.state <> :revoked",
                Long.class)
            .setParameter("employee", employeeId)
            .setParameter("session", keycloakSession)
            .setParameter("revoked", DeviceState.REVOKED)
            .getSingleResult()
        > 0;
  }

  /** How many nonces of this device can still be used. */
  public long countNonces(String deviceId, Instant now) {
    return em().createQuery(
            "select count(n) from DeviceNonce n where n.deviceId = :device and n.expiresAt > :now",
            Long.class)
        .setParameter("device", deviceId)
        .setParameter("now", now)
        .getSingleResult();
  }

  /** Keeps a nonce. */
  public void add(DeviceNonce nonce) {
    em().persist(nonce);
  }

  /** Uses a nonce up; true for exactly one caller, and only before it expires. */
  public boolean useNonce(String nonceHash, String deviceId, Instant now) {
    return em().createQuery(
                "delete from DeviceNonce n where n.nonceHash = :nonce and n.deviceId = :device"
                    + " and n.expiresAt > :now")
            .setParameter("nonce", nonceHash)
            .setParameter("device", deviceId)
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  /** Keeps a session. */
  public void add(OpenedSession session) {
    em().persist(session);
  }

  /** Forgets nonces and sessions of this device that have expired. */
  public void forgetExpired(String deviceId, Instant now) {
    em().createQuery("delete from DeviceNonce n where n.deviceId = :device and n.expiresAt <= :now")
        .setParameter("device", deviceId)
        .setParameter("now", now)
        .executeUpdate();
    em().createQuery(
            "delete from OpenedSession s where s.deviceId = :device and s.expiresAt <= :now")
        .setParameter("device", deviceId)
        .setParameter("now", now)
        .executeUpdate();
  }

  /**
   * The one query by which a device is admitted: a live session, its device and its employee, if
   * the employee is (issuer, subject). Nothing is found for a wrong secret, an expired session or
   * another person's.
   */
  public Optional<DeviceAdmission> admission(
      String sessionHash, String issuer, String subject, Instant now) {
    return only(
        em().createQuery(
                "select new org.hikae.enrollment.value.DeviceAdmission("
                    + "e.employeeId, e.state, d.deviceId, d.state, e.displayName)"
                    + " from OpenedSession s, Device d, Employee e"
                    + " where s.sessionHash = :session and s.expiresAt > :now"
                    + " and d.deviceId = s.deviceId and d.employeeId = s.employeeId"
                    + " and e.employeeId = s.employeeId"
                    + " and e.issuer = :issuer and e.subject = :subject",
                DeviceAdmission.class)
            .setParameter("session", sessionHash)
            .setParameter("now", now)
            .setParameter("issuer", issuer)
            .setParameter("subject", subject)
            .getResultList());
  }
}
