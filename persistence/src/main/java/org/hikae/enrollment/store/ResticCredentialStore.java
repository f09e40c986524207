package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.entity.ResticCredential;
import org.hikae.enrollment.value.ResticAdmission;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.value.EmployeeState;
import org.hikae.schema.store.EntityStore;

/** Credentials of restic clients. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ResticCredentialStore extends EntityStore {

  /** For the container. */
  public ResticCredentialStore() {}

  /** For tests without a container. */
  public ResticCredentialStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Keeps a credential. */
  public void add(ResticCredential credential) {
    em().persist(credential);
    em().flush();
  }

  /**
   * The one query by which restic is admitted: the credential of this user name and all that it
   * hangs on. Columns and no entities, because it is asked with every request of restic.
   */
  public Optional<ResticAdmission> admission(String credentialId, Instant now) {
    return only(em().createQuery(
                "select c.secretHash, c.revokedAt, c.expiresAt, c.lastUsedAt,"
                    + " c.employeeId, e.state, d.deviceId, d.state,"
                    + " c.setId, c.repositoryId, c.resticId, s.state"
                    + " from ResticCredential c, Employee e, Device d, BackupSet s"
                    + " where c.credentialId = :credential"
                    + " and e.employeeId = c.employeeId and d.deviceId = c.deviceId"
                    + " and d.employeeId = c.employeeId and s.setId = c.setId",
                Object[].class)
            .setParameter("credential", credentialId)
            .getResultList())
        .map(row -> ResticAdmission.of(row, now));
  }

  /** Notes the use of a credential, if the last one that was noted was before {@code since}. */
  public void used(String credentialId, Instant now, Instant since) {
    em().createQuery(
            "update ResticCredential c set c.lastUsedAt = :now where c.credentialId = :credential"
                + " and (c.lastUsedAt is null or c.lastUsedAt < :since)")
        .setParameter("now", now)
        .setParameter("credential", credentialId)
        .setParameter("since", since)
        .executeUpdate();
  }

  /** The newest credentials of an employee, at most {@code limit}. */
  public List<ResticCredential> of(long employeeId, int limit) {
    return em().createQuery(
            "select c from ResticCredential c where c.employeeId = :employee"
                + " order by c.madeAt desc, c.credentialId",
            ResticCredential.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** A credential of this employee; another's is not found. */
  public Optional<ResticCredential> find(String credentialId, long employeeId) {
    return Optional.ofNullable(em().find(ResticCredential.class, credentialId))
        .filter(found -> found.employeeId() == employeeId);
  }

  /**
   * Credentials that were used lately and can be used no longer than to a time, of active devices
   * of employees who take part and have not left; by growing user name.
   *
   * @param page what to look for
   * @param limit most of them
   */
  public List<ResticCredential> ending(Ending page, int limit) {
    return em().createQuery(
            "select c from ResticCredential c, Device d, BackupSet s, Employee e"
                + " where c.revokedAt is null and c.expiresAt > :now and c.expiresAt <= :ends"
                + " and c.lastUsedAt >= :used and d.deviceId = c.deviceId and d.state = :device"
                + " and s.setId = c.setId and s.state = :set"
                + " and e.employeeId = c.employeeId and e.state = :enabled"
                + " and c.credentialId > :after order by c.credentialId",
            ResticCredential.class)
        .setParameter("now", page.now())
        .setParameter("ends", page.endsUntil())
        .setParameter("used", page.usedSince())
        .setParameter("device", DeviceState.ACTIVE)
        .setParameter("set", BackupSetState.ACTIVE)
        .setParameter("enabled", EmployeeState.ENABLED)
        .setParameter("after", page.after())
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * Which credentials are looked for.
   *
   * @param now those that end after this
   * @param endsUntil and not after this
   * @param usedSince that were used at or after this
   * @param after the last user name of the page before; empty for the first
   */
  public record Ending(Instant now, Instant endsUntil, Instant usedSince, String after) {}

  /** How many credentials of a repository can still be used. */
  public long countUsable(long repositoryId, Instant now) {
    return em().createQuery(
            "select count(c) from ResticCredential c where c.repositoryId = :repository"
                + " and c.revokedAt is null and c.expiresAt > :now",
            Long.class)
        .setParameter("repository", repositoryId)
        .setParameter("now", now)
        .getSingleResult();
  }
}
