package org.hikae.approval.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** All requests for approval. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class ApprovalRequestStore extends EntityStore {

  private static final String OPEN =
      " r.state = org.hikae.approval.value.ApprovalState.PENDING and r.expiresAt > :now";

  /** For the container. */
  public ApprovalRequestStore() {}

  /** For tests without a container. */
  public ApprovalRequestStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Adds a request. */
  public ApprovalRequest add(ApprovalRequest request) {
    em().persist(request);
    em().flush();
    return request;
  }

  /** The request with this identifier. */
  public Optional<ApprovalRequest> find(long requestId) {
    return Optional.ofNullable(em().find(ApprovalRequest.class, requestId));
  }

  /** The same, held until the transaction ends, so that it is decided once. */
  public Optional<ApprovalRequest> lock(long requestId) {
    Optional<ApprovalRequest> found = find(requestId);
    found.ifPresent(request -> em().refresh(request, LockModeType.PESSIMISTIC_WRITE));
    return found;
  }

  /** An open request for exactly this change. */
  public Optional<ApprovalRequest> open(String kind, String changeHash, Instant now) {
    return em().createQuery(
            "select r from ApprovalRequest r where r.kind = :kind and r.changeHash = :hash and"
                + OPEN
                + " order by r.requestId",
            ApprovalRequest.class)
        .setParameter("kind", kind)
        .setParameter("hash", changeHash)
        .setParameter("now", now)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Whom of these employees an open request of this kind concerns. */
  public Set<Long> openAbout(String kind, Collection<Long> employeeIds, Instant now) {
    return employeeIds.isEmpty()
        ? Set.of()
        : Set.copyOf(
            em().createQuery(
                    "select distinct r.subjectEmployeeId from ApprovalRequest r where"
                        + " r.kind = :kind and r.subjectEmployeeId in :employees and"
                        + OPEN,
                    Long.class)
                .setParameter("kind", kind)
                .setParameter("employees", employeeIds)
                .setParameter("now", now)
                .getResultList());
  }

  /** How many requests are open. */
  public long open(Instant now) {
    return em().createQuery("select count(r) from ApprovalRequest r where" + OPEN, Long.class)
        .setParameter("now", now)
        .getSingleResult();
  }

  /** Open requests before {@code before}, newest first. */
  public List<ApprovalRequest> openBefore(@Nullable Long before, Instant now, int limit) {
    return em().createQuery(
            "select r from ApprovalRequest r where r.requestId < :before and"
                + OPEN
                + " order by r.requestId desc",
            ApprovalRequest.class)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setParameter("now", now)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** Requests before {@code before}, newest first. */
  public List<ApprovalRequest> newestBefore(@Nullable Long before, int limit) {
    return em().createQuery(
            "select r from ApprovalRequest r where r.requestId < :before"
                + " order by r.requestId desc",
            ApprovalRequest.class)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
