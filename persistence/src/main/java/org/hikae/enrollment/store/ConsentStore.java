package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.schema.store.EntityStore;

/** The append-only ledger of consents. */
@ApplicationScoped
public class ConsentStore extends EntityStore {

  /** What agrees to a text. */
  private static final Set<ConsentAction> AGREED =
      Set.of(ConsentAction.OPTED_IN, ConsentAction.RECONSENTED);

  /** For the container. */
  public ConsentStore() {}

  /** For tests without a container. */
  public ConsentStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Appends to the ledger. */
  public void add(Consent consent) {
    em().persist(consent);
  }

  /** The ledger of an employee, newest first, at most {@code limit}. */
  public List<Consent> of(long employeeId, int limit) {
    return em().createQuery(
            "select c from Consent c where c.employeeId = :employee order by c.consentId desc",
            Consent.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** What the employee agreed to last; empty when they never did. */
  public Optional<Consent> lastAgreement(long employeeId) {
    return em()
        .createQuery(
            "select c from Consent c where c.employeeId = :employee and c.action in :agreed"
                + " order by c.consentId desc",
            Consent.class)
        .setParameter("employee", employeeId)
        .setParameter("agreed", AGREED)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The latest version that the employee agreed to; 0 for none. */
  public int agreedVersion(long employeeId) {
    Integer version =
        em().createQuery(
                "select max(c.textVersion) from Consent c where c.employeeId = :employee"
                    + " and c.action in :agreed",
                Integer.class)
            .setParameter("employee", employeeId)
            .setParameter("agreed", AGREED)
            .getSingleResult();
    return version == null ? 0 : version;
  }

  /**
   * Until when the employee has to agree to a later version than they did, by the first of them
   * that asks for it; empty when none does.
   */
  public Optional<Instant> renewalDue(long employeeId, Instant now) {
    return Optional.ofNullable(
        em().createQuery(
                "select min(v.reconsentBy) from ConsentVersion v where v.effectiveFrom <= :now"
                    + " and v.reconsentBy is not null and v.version > (select"
                    + " coalesce(max(c.textVersion), 0) from Consent c where c.employeeId ="
                    + " :employee and c.action in :agreed)",
                Instant.class)
            .setParameter("now", now)
            .setParameter("employee", employeeId)
            .setParameter("agreed", AGREED)
            .getSingleResult());
  }

  /** The same of these employees, by number; without those of whom none asks for it. */
  public Map<Long, Instant> renewalDue(Collection<Long> employeeIds, Instant now) {
    Map<Long, Instant> due = new HashMap<>();
    for (Object[] row :
        em().createQuery(
                "select e.employeeId, min(v.reconsentBy) from Employee e, ConsentVersion v"
                    + " where e.employeeId in :employees and v.effectiveFrom <= :now"
                    + " and v.reconsentBy is not null and v.version > (select"
                    + " coalesce(max(c.textVersion), 0) from Consent c where c.employeeId ="
                    + " e.employeeId and c.action in :agreed) group by e.employeeId",
                Object[].class)
            .setParameter("now", now)
            .setParameter("employees", employeeIds)
            .setParameter("agreed", AGREED)
            .getResultList()) {
      due.put((Long) row[0], (Instant) row[1]);
    }
    return due;
  }

  /**
   * Employees who take part, agreed to none of the versions from {@code version} on, and of whose
   * pause for it the ledger says nothing yet; in the order of their numbers.
   */
  public List<Long> toPause(int version, int limit) {
    return em().createQuery(
            "select s.currentOf from BackupSet s where s.state = :active and s.currentOf is not null"
                + " and not exists (select c.consentId from Consent c where c.employeeId ="
                + " s.currentOf and c.textVersion >= :version and c.action in :settled)"
                + " order by s.currentOf",
            Long.class)
        .setParameter("active", BackupSetState.ACTIVE)
        .setParameter("version", version)
        .setParameter(
            "settled",
            Set.of(ConsentAction.OPTED_IN, ConsentAction.RECONSENTED, ConsentAction.PAUSED))
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** How many employees take part and agreed to none of the versions from {@code version} on. */
  public long countOlder(int version) {
    return em().createQuery(
            "select count(s) from BackupSet s where s.state = :active and s.currentOf is not null"
                + " and not exists (select c.consentId from Consent c where c.employeeId ="
                + " s.currentOf and c.textVersion >= :version and c.action in :agreed)",
            Long.class)
        .setParameter("active", BackupSetState.ACTIVE)
        .setParameter("version", version)
        .setParameter("agreed", AGREED)
        .getSingleResult();
  }
}
