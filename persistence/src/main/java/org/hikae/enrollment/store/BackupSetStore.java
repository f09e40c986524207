package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.entity.LegalHoldWrap;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.schema.store.EntityStore;

/** Sets and the wraps of their keys. */
@ApplicationScoped
public class BackupSetStore extends EntityStore {

  /** For the container. */
  public BackupSetStore() {}

  /** For tests without a container. */
  public BackupSetStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Adds a set; false when its identifier was taken at this moment. */
  public boolean add(BackupSet set) {
    return written(() -> em().persist(set));
  }

  /** The employee's set that is not withdrawn. */
  public Optional<BackupSet> current(long employeeId) {
    return only(
        em().createQuery("select s from BackupSet s where s.currentOf = :employee", BackupSet.class)
            .setParameter("employee", employeeId)
            .getResultList());
  }

  /** Those of at most a page of employees who have a set that is not withdrawn. */
  public Set<Long> owners(Collection<Long> employeeIds) {
    return employeeIds.isEmpty()
        ? Set.of()
        : Set.copyOf(
            em().createQuery(
                    "select s.currentOf from BackupSet s where s.currentOf in :employees",
                    Long.class)
                .setParameter("employees", employeeIds)
                .getResultList());
  }

  /**
   * Holds the set's row until the transaction ends and tells whether it is active. The row is read
   * again under the lock: what this transaction saw before may be outdated.
   */
  public boolean lockActive(String setId) {
    BackupSet set = em().find(BackupSet.class, setId);
    if (set == null) {
      return false;
    }
    em().refresh(set, LockModeType.PESSIMISTIC_WRITE);
    return set.state() == BackupSetState.ACTIVE;
  }

  /** Holds the set's row until the transaction ends, whatever its state, and reads it again. */
  public Optional<BackupSet> lock(String setId) {
    BackupSet set = em().find(BackupSet.class, setId);
    if (set != null) {
      em().refresh(set, LockModeType.PESSIMISTIC_WRITE);
    }
    return Optional.ofNullable(set);
  }

  /** The set with this identifier, as this transaction sees it. */
  public Optional<BackupSet> byId(String setId) {
    return Optional.ofNullable(em().find(BackupSet.class, setId));
  }

  /** Makes what was changed visible to the queries that follow. */
  public void flush() {
    em().flush();
  }

  /** Whether the employee ever had an active or pending set. */
  public boolean anyOf(long employeeId) {
    return em().createQuery(
                "select count(s) from BackupSet s where s.employeeId = :employee", Long.class)
            .setParameter("employee", employeeId)
            .getSingleResult()
        > 0;
  }

  /** Whether anyone has a set with this identifier. */
  public boolean exists(String setId) {
    return em().find(BackupSet.class, setId) != null;
  }

  /** The wraps of a set, oldest first, at most {@code limit}. */
  public List<KeyWrap> wraps(String setId, int limit) {
    return em().createQuery(
            "select w from KeyWrap w where w.setId = :set order by w.createdAt, w.wrapId",
            KeyWrap.class)
        .setParameter("set", setId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The wrap of a set with this identifier; one of another set is not seen. */
  public Optional<KeyWrap> wrap(String setId, String wrapId) {
    return Optional.ofNullable(em().find(KeyWrap.class, new KeyWrap.Key(setId, wrapId)));
  }

  /** The wrap of the employee's current set with this identifier; nobody else's is seen. */
  public Optional<KeyWrap> wrapOf(long employeeId, String wrapId) {
    return only(
        em().createQuery(
                "select w from KeyWrap w join BackupSet s on s.setId = w.setId"
                    + " where s.currentOf = :employee and w.wrapId = :wrap",
                KeyWrap.class)
            .setParameter("employee", employeeId)
            .setParameter("wrap", wrapId)
            .getResultList());
  }

  /** Files a wrap. */
  public void add(KeyWrap wrap) {
    em().persist(wrap);
    em().flush();
  }

  /** Stops serving a wrap. */
  public void remove(KeyWrap wrap) {
    em().remove(wrap);
    em().flush();
  }

  /** Keeps what a wrap was, for as long as a legal hold stands. */
  public void keep(LegalHoldWrap wrap) {
    em().persist(wrap);
  }

  /** Erases what was kept of an employee's wraps. */
  public void eraseHeldWraps(long employeeId) {
    em().createQuery("delete from HeldWrap w where w.employeeId = :employee")
        .setParameter("employee", employeeId)
        .executeUpdate();
  }

  /**
   * Erases every wrap of a set, those kept aside for a legal hold too.
   *
   * @return how many there were
   */
  public int eraseWraps(String setId) {
    int served =
        em().createQuery("delete from KeyWrap w where w.setId = :set")
            .setParameter("set", setId)
            .executeUpdate();
    int kept =
        em().createQuery("delete from HeldWrap w where w.setId = :set")
            .setParameter("set", setId)
            .executeUpdate();
    return served + kept;
  }
}
