package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.insight.entity.RunPeriod;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.RunPeriodCount;
import org.hikae.schema.store.EntityStore;

/**
 * How runs ended, by the quarter of an hour in which the portal first heard of them: devices' own
 * clocks may be wrong. It covers seven days, and counting again replaces what was counted, so that
 * what one time missed the next one has.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RunPeriodStore extends EntityStore {

  /** Quarters of hours that are kept: seven days. */
  public static final int MOST = 7 * 24 * 4;

  private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();

  /** For the container. */
  public RunPeriodStore() {}

  /** For tests without a container. */
  public RunPeriodStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Counts the runs of the last seven days anew; what is older goes. It changes no run. */
  public void count(Instant now) {
    Instant first = first(now);
    em().createQuery("delete from RunPeriod p where p.beganAt < :first")
        .setParameter("first", first)
        .executeUpdate();
    // In order: two portals that count at once wait for each other, and never both.
    counted(first, now).values().forEach(this::put);
  }

  /** The last seven days, oldest first; quarters in which no run began are missing. */
  public List<RunPeriodCount> latest(Instant now) {
    return em().createQuery(
            "select p from RunPeriod p where p.beganAt >= :first order by p.beganAt",
            RunPeriod.class)
        .setParameter("first", first(now))
        .setMaxResults(MOST)
        .getResultStream()
        .map(RunPeriod::count)
        .toList();
  }

  /** The first of so many quarters that the last of them is now. */
  private static Instant first(Instant now) {
    long quarter = Math.floorDiv(now.getEpochSecond(), QUARTER_SECONDS);
    return Instant.ofEpochSecond((quarter - MOST + 1) * QUARTER_SECONDS);
  }

  private SortedMap<Instant, RunPeriodCount> counted(Instant first, Instant now) {
    // Both databases count seconds since 1970 in UTC, whatever the zone of the session.
    List<?> rows =
        em().createNativeQuery(
                "select cast(floor(extract(epoch from first_reported_at) / 900) as bigint), result,"
                    + " count(*) from run where first_reported_at >= ?1 and first_reported_at <= ?2"
                    + " group by cast(floor(extract(epoch from first_reported_at) / 900) as"
                    + " bigint), result",
                Object[].class)
            .setParameter(1, first)
            .setParameter(2, now)
            .getResultList();
    SortedMap<Instant, RunPeriodCount> counted = new TreeMap<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      Instant beganAt = Instant.ofEpochSecond(((Number) columns[0]).longValue() * QUARTER_SECONDS);
      RunResult result = RunResult.valueOf((String) columns[1]);
      long runs = ((Number) columns[2]).longValue();
      counted.merge(beganAt, of(beganAt, now, result, runs), RunPeriodStore::sum);
    }
    return counted;
  }

  private static RunPeriodCount of(Instant beganAt, Instant now, RunResult result, long runs) {
    if (EmployeeFilter.FAILURES.contains(result)) {
      return new RunPeriodCount(beganAt, now, 0, runs, 0);
    }
    return result == RunResult.SUCCESS || result == RunResult.PARTIAL
        ? new RunPeriodCount(beganAt, now, runs, 0, 0)
        : new RunPeriodCount(beganAt, now, 0, 0, runs);
  }

  private static RunPeriodCount sum(RunPeriodCount one, RunPeriodCount other) {
    return new RunPeriodCount(
        one.beganAt(),
        one.notedAt(),
        one.done() + other.done(),
        one.failed() + other.failed(),
        one.open() + other.open());
  }

  private void put(RunPeriodCount period) {
    if (!replaced(period)
        && !inserted(
            "insert into run_period (began_at, noted_at, done_runs, failed_runs, open_runs)"
                + " values (?, ?, ?, ?, ?)",
            period.beganAt(),
            period.notedAt(),
            period.done(),
            period.failed(),
            period.open())) {
      // Another portal was faster; what was counted later counts.
      var _ = replaced(period);
    }
  }

  private boolean replaced(RunPeriodCount period) {
    return em().createQuery(
                "update RunPeriod p set p.notedAt = :now, p.doneRuns = :done,"
                    + " p.failedRuns = :failed, p.openRuns = :open"
                    + " where p.beganAt = :began and p.notedAt <= :now")
            .setParameter("now", period.notedAt())
            .setParameter("done", period.done())
            .setParameter("failed", period.failed())
            .setParameter("open", period.open())
            .setParameter("began", period.beganAt())
            .executeUpdate()
        > 0;
  }
}
