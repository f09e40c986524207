package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.schema.store.EntityStore;

/** What happened since a time not long ago; each figure is counted in an index. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RecentFigures extends EntityStore {

  /** For the container. */
  public RecentFigures() {}

  /** For tests without a container. */
  public RecentFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * All of it.
   *
   * @param backedUp devices whose last backup is not older
   * @param byRestic those of them whose last backup was restic's
   * @param failed employees whose newest run failed since
   * @param added devices that were added since
   * @param notices how many notices were written since, by the names of their kinds
   */
  public record Figure(
      long backedUp, long byRestic, long failed, long added, Map<String, Long> notices) {

    /** Copies the map. */
    public Figure {
      notices = Map.copyOf(notices);
    }
  }

  /** Counts everything since an instant; notices of these kinds. */
  public Figure since(Instant since, Collection<NoticeKind> kinds) {
    return new Figure(
        backedUp(since), byRestic(since), failed(since), added(since), notices(kinds, since));
  }

  private long backedUp(Instant since) {
    return count("select count(d) from Device d where d.lastBackupAt >= :since", since);
  }

  private long byRestic(Instant since) {
    return count(
        "select count(d) from Device d where d.lastBackupAt >= :since"
            + " and d.lastBackupBy = org.hikae.enrollment.wire.BackupProgram.RESTIC",
        since);
  }

  private long added(Instant since) {
    return count("select count(d) from Device d where d.enrolledAt >= :since", since);
  }

  private long failed(Instant since) {
    return em().createQuery(
            "select count(s) from EmployeeSummary s"
                + " where s.lastRunResult in :failures and s.lastRunAt >= :since",
            Long.class)
        .setParameter("failures", EmployeeFilter.FAILURES)
        .setParameter("since", since)
        .getSingleResult();
  }

  private Map<String, Long> notices(Collection<NoticeKind> kinds, Instant since) {
    return em().createQuery(
            "select n.kind, count(n) from Notice n"
                + " where n.createdAt >= :since and n.kind in :kinds group by n.kind",
            Object[].class)
        .setParameter("since", since)
        .setParameter("kinds", kinds.stream().map(NoticeKind::code).toList())
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
  }

  private long count(String query, Instant since) {
    return em().createQuery(query, Long.class).setParameter("since", since).getSingleResult();
  }
}
