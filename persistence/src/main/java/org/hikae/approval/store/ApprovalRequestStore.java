package org.hikae.approval.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.caller.value.DepartmentScope;
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

  /** The request with this identifier, if it concerns somebody of the scope. */
  public Optional<ApprovalRequest> find(long requestId, DepartmentScope scope) {
    TypedQuery<ApprovalRequest> query =
        em().createQuery(
                "select r from ApprovalRequest r where r.requestId = :request"
                    + scope.and("r.subjectEmployeeId"),
                ApprovalRequest.class)
            .setParameter("request", requestId);
    scope.parameters().forEach(query::setParameter);
    return only(query.getResultList());
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

  /** Open requests before {@code before} about people of a scope, newest first. */
  public List<ApprovalRequest> openBefore(
      DepartmentScope scope, @Nullable Long before, Instant now, int limit) {
    return page(before(scope, before, " and" + OPEN).setParameter("now", now), limit);
  }

  /** Requests before {@code before} about people of a scope, newest first. */
  public List<ApprovalRequest> newestBefore(
      DepartmentScope scope, @Nullable Long before, int limit) {
    return page(before(scope, before, ""), limit);
  }

  private TypedQuery<ApprovalRequest> before(
      DepartmentScope scope, @Nullable Long before, String condition) {
    TypedQuery<ApprovalRequest> query =
        em().createQuery(
                "select r from ApprovalRequest r where r.requestId < :before"
                    + condition
                    + scope.and("r.subjectEmployeeId")
                    + " order by r.requestId desc",
                ApprovalRequest.class)
            .setParameter("before", before == null ? Long.MAX_VALUE : before);
    scope.parameters().forEach(query::setParameter);
    return query;
  }

  private static List<ApprovalRequest> page(TypedQuery<ApprovalRequest> query, int limit) {
    return query.setMaxResults(Math.min(limit, MAX_PAGE)).getResultList();
  }
}
