package org.hikae.caller.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.entity.IdempotentRequest;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Requests that may be repeated. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class IdempotentRequestStore extends EntityStore {

  /** Most rows that one step of forgetting deletes. */
  public static final int STEP = 1000;

  /** Longest headers of a kept answer, in characters. */
  public static final int MAX_HEADERS_CHARS = 2000;

  /** Largest body of a kept answer, in bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  /** For the container. */
  public IdempotentRequestStore() {}

  /** For tests without a container. */
  public IdempotentRequestStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The request, held until the transaction ends. */
  public Optional<IdempotentRequest> lock(String requestId) {
    return Optional.ofNullable(
        em().find(IdempotentRequest.class, requestId, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * Adds it; false when somebody else did at that moment, and then the transaction can only be
   * rolled back.
   */
  public boolean add(IdempotentRequest request) {
    try {
      em().persist(request);
      em().flush();
      return true;
    } catch (PersistenceException e) {
      return false;
    }
  }

  /** How many one actor has, at most {@code most}. */
  public int countOf(String actor, int most) {
    return em().createQuery(
            "select r.requestId from IdempotentRequest r where r.actor = :actor", String.class)
        .setParameter("actor", actor)
        .setMaxResults(most)
        .getResultList()
        .size();
  }

  /**
   * Records the answer; false when the claim is no longer the caller's.
   *
   * @param body null when it was too large
   */
  public boolean answer(
      String requestId, String claim, int status, String headers, @Nullable String body) {
    return em().createQuery(
                "update IdempotentRequest r set r.status = :status, r.headers = :headers,"
                    + " r.body = :body where r.requestId = :id and r.claim = :claim"
                    + " and r.status is null")
            .setParameter("status", status)
            .setParameter("headers", headers)
            .setParameter("body", body)
            .setParameter("id", requestId)
            .setParameter("claim", claim)
            .executeUpdate()
        == 1;
  }

  /** Removes what was claimed and not answered, if the claim is still the caller's. */
  public void release(String requestId, String claim) {
    em().createQuery(
            "delete from IdempotentRequest r where r.requestId = :id and r.claim = :claim"
                + " and r.status is null")
        .setParameter("id", requestId)
        .setParameter("claim", claim)
        .executeUpdate();
  }

  /** Deletes up to {@link #STEP} that were made before an instant, and says how many. */
  public int forget(Instant before) {
    List<String> old =
        em().createQuery(
                "select r.requestId from IdempotentRequest r where r.madeAt < :before"
                    + " order by r.madeAt",
                String.class)
            .setParameter("before", before)
            .setMaxResults(STEP)
            .getResultList();
    if (!old.isEmpty()) {
      em().createQuery(
              "delete from IdempotentRequest r where r.requestId in :old and r.madeAt < :before")
          .setParameter("old", old)
          .setParameter("before", before)
          .executeUpdate();
    }
    return old.size();
  }
}
