package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** What people are told about. */
@ApplicationScoped
public class NoticeStore extends EntityStore {

  /**
   * Which notices are wanted.
   *
   * @param before only those with a smaller number; null for all
   * @param employeeId only those that concern this employee; null for all
   * @param open only those that nobody has acknowledged
   * @param kinds only of these; empty for all
   */
  public record Filter(
      @Nullable Long before, @Nullable Long employeeId, boolean open, List<NoticeKind> kinds) {}

  /** For the container. */
  public NoticeStore() {}

  /** For tests without a container. */
  public NoticeStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Puts a notice into the outbox. */
  public void add(Notice notice) {
    em().persist(notice);
  }

  /** Adds a notice whose cause is told once only; false when it has been told. */
  public boolean addOnce(Notice notice) {
    return inserted(
        "insert into notice (created_at, employee_id, kind, detail, cause) values (?, ?, ?, ?, ?)",
        notice.createdAt(),
        notice.employeeId(),
        notice.kindCode(),
        notice.detail(),
        notice.cause());
  }

  /** Whether this cause has been told. */
  public boolean isTold(String cause) {
    return em().createQuery("select count(n) from Notice n where n.cause = :cause", Long.class)
            .setParameter("cause", cause)
            .getSingleResult()
        > 0;
  }

  /** Whether an employee has a notice of one of these kinds that was made after an instant. */
  public Set<Long> toldSince(
      Collection<Long> employeeIds, Collection<NoticeKind> kinds, Instant after) {
    return new HashSet<>(
        em().createQuery(
                "select distinct n.employeeId from Notice n where n.employeeId in :employees"
                    + " and n.kind in :kinds and n.createdAt > :after",
                Long.class)
            .setParameter("employees", employeeIds)
            .setParameter("kinds", kinds.stream().map(NoticeKind::code).toList())
            .setParameter("after", after)
            .getResultList());
  }

  /** The notice with this number. */
  public Optional<Notice> find(long noticeId) {
    return Optional.ofNullable(em().find(Notice.class, noticeId));
  }

  /** These notices. */
  public List<Notice> byIds(Collection<Long> noticeIds) {
    return em().createQuery("select n from Notice n where n.noticeId in :ids", Notice.class)
        .setParameter("ids", noticeIds)
        .getResultList();
  }

  /** Newest first, at most {@code limit}. */
  public List<Notice> newest(Filter filter, int limit) {
    String where = filter.before() == null ? "" : " and n.noticeId < :before";
    where += filter.employeeId() == null ? "" : " and n.employeeId = :employee";
    where += filter.open() ? " and n.acknowledgedAt is null" : "";
    where += filter.kinds().isEmpty() ? "" : " and n.kind in :kinds";
    var query =
        em().createQuery(
                "select n from Notice n where n.noticeId > 0" + where + " order by n.noticeId desc",
                Notice.class)
            .setMaxResults(Math.min(limit, MAX_PAGE));
    if (filter.before() != null) {
      query.setParameter("before", filter.before());
    }
    if (filter.employeeId() != null) {
      query.setParameter("employee", filter.employeeId());
    }
    if (!filter.kinds().isEmpty()) {
      query.setParameter("kinds", filter.kinds().stream().map(NoticeKind::code).toList());
    }
    return query.getResultList();
  }

  /** Numbers of those of these kinds after one that nobody has acknowledged, newest first. */
  public List<Long> openAfter(long noticeId, Collection<NoticeKind> kinds, int limit) {
    return em().createQuery(
            "select n.noticeId from Notice n where n.noticeId > :after"
                + " and n.acknowledgedAt is null and n.kind in :kinds order by n.noticeId desc",
            Long.class)
        .setParameter("after", noticeId)
        .setParameter("kinds", kinds.stream().map(NoticeKind::code).toList())
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The number of the newest notice; 0 when there is none. */
  public long newestId() {
    Long newest =
        em().createQuery("select max(n.noticeId) from Notice n", Long.class).getSingleResult();
    return newest == null ? 0 : newest;
  }

  /** Numbers of notices without deliveries, oldest first. */
  public List<Long> unaddressed(int limit) {
    return em().createQuery(
            "select n.noticeId from Notice n where n.addressedAt is null order by n.noticeId",
            Long.class)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** The notice, held until the transaction ends. */
  public Optional<Notice> lock(long noticeId) {
    return Optional.ofNullable(em().find(Notice.class, noticeId, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Removes notices older than an instant with their deliveries, and returns how many. */
  public int forgetBefore(Instant created, int limit) {
    List<Long> old =
        em().createQuery(
                "select n.noticeId from Notice n where n.createdAt < :created order by n.createdAt",
                Long.class)
            .setParameter("created", created)
            .setMaxResults(Math.min(limit, MAX_PAGE))
            .getResultList();
    return old.isEmpty()
        ? 0
        : em().createQuery("delete from Notice n where n.noticeId in :ids")
            .setParameter("ids", old)
            .executeUpdate();
  }
}
