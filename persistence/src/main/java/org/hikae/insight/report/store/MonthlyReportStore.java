package org.hikae.insight.report.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.insight.report.entity.MonthlyReport;
import org.hikae.insight.report.entity.MonthlyReportSchedule;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Keeps monthly reports, and who gets them. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class MonthlyReportStore extends EntityStore {

  /** Most reports of a list: ten years. */
  public static final int MOST = 120;

  /** For the container. */
  public MonthlyReportStore() {}

  /** For tests without a container. */
  public MonthlyReportStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * A report of the list.
   *
   * @param month such as 2026-11
   * @param computedAt when it was counted
   */
  public record Head(String month, Instant computedAt) {}

  /** The reports that are kept, newest first, at most {@link #MOST}. */
  public List<Head> newest() {
    return em().createQuery(
            "select new org.hikae.insight.report.store.MonthlyReportStore$Head("
                + "r.month, r.computedAt) from MonthlyReport r order by r.month desc",
            Head.class)
        .setMaxResults(MOST)
        .getResultList();
  }

  /** The report of a month such as 2026-11, if it is kept. */
  public Optional<MonthlyReport> find(String month) {
    return Optional.ofNullable(em().find(MonthlyReport.class, month));
  }

  /** Keeps a report, for good; the schedule has to be locked. */
  public void add(MonthlyReport report) {
    em().persist(report);
    em().flush();
  }

  /** Who gets it. */
  public MonthlyReportSchedule schedule() {
    return existing(em().find(MonthlyReportSchedule.class, MonthlyReportSchedule.ONLY));
  }

  /** The same, held until the transaction ends, and as it stands once it is held. */
  public MonthlyReportSchedule lockSchedule() {
    MonthlyReportSchedule schedule =
        existing(
            em().find(
                    MonthlyReportSchedule.class,
                    MonthlyReportSchedule.ONLY,
                    LockModeType.PESSIMISTIC_WRITE));
    // Read again now that nobody else can change it: what came with the lock may be older.
    em().refresh(schedule);
    return schedule;
  }

  private static MonthlyReportSchedule existing(@Nullable MonthlyReportSchedule schedule) {
    if (schedule == null) {
      throw new IllegalStateException("The migration makes the row of the schedule.");
    }
    return schedule;
  }
}
