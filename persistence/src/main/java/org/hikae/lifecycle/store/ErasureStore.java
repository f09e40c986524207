package org.hikae.lifecycle.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.entity.ReceiptKey;
import org.hikae.schema.store.EntityStore;

/** Erasures, and the public keys of their receipts. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ErasureStore extends EntityStore {

  /** For the container. */
  public ErasureStore() {}

  /** For tests without a container. */
  public ErasureStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Records one. */
  public Erasure add(Erasure erasure) {
    em().persist(erasure);
    em().flush();
    return erasure;
  }

  /** The erasure with this number, of the employee only. */
  public Optional<Erasure> find(long employeeId, long erasureId) {
    return only(
        em().createQuery(
                "select e from Erasure e where e.employeeId = :employee and e.id = :id",
                Erasure.class)
            .setParameter("employee", employeeId)
            .setParameter("id", erasureId)
            .getResultList());
  }

  /** Whose erasure it is. */
  public long employeeOf(long erasureId) {
    return em().createQuery("select e.employeeId from Erasure e where e.id = :id", Long.class)
        .setParameter("id", erasureId)
        .getSingleResult();
  }

  /** The erasures of an employee, newest first. */
  public List<Erasure> of(long employeeId, int limit) {
    return em().createQuery(
            "select e from Erasure e where e.employeeId = :employee order by e.id desc",
            Erasure.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /**
   * Numbers of erasures above {@code after} whose grace is over or that have begun, ascending.
   *
   * @param kept the clock of nightly maintenance
   */
  public List<Long> due(Instant kept, long after, int limit) {
    return em().createQuery(
            "select e.id from Erasure e where e.id > :after and"
                + " (e.state = org.hikae.lifecycle.value.ErasureState.ERASING or"
                + " e.state = org.hikae.lifecycle.value.ErasureState.WAITING"
                + " and e.dueKept <= :kept) order by e.id",
            Long.class)
        .setParameter("after", after)
        .setParameter("kept", kept)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The public key with this identifier, if it was used before. */
  public Optional<ReceiptKey> key(String keyId) {
    return Optional.ofNullable(em().find(ReceiptKey.class, keyId));
  }

  /** Keeps a public key for ever, unless it is kept already. */
  public void keep(ReceiptKey key) {
    var _ =
        inserted(
            "insert into receipt_key (key_id, public_key, first_used_at) values (?, ?, ?)",
            key.keyId(),
            key.publicKey(),
            key.firstUsedAt());
  }

  /** All public keys, the newest first. */
  public List<ReceiptKey> keys() {
    return em().createQuery(
            "select k from ReceiptKey k order by k.firstUsedAt desc, k.keyId", ReceiptKey.class)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }
}
