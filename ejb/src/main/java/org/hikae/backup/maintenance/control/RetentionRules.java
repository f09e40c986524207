package org.hikae.backup.maintenance.control;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hikae.backup.view.RetentionReason;
import org.hikae.policy.view.SnapshotRetention;

/**
 * Decides which snapshots of one series stay. Pure: the same times, policies and clock give the
 * same answer.
 *
 * <ul>
 *   <li>A snapshot stays when any policy that still counts keeps it by any of its rules. The newest
 *       always stays.
 *   <li>Hours, days, weeks (ISO, from Monday), months and years are those of UTC. A rule for so
 *       many of them counts those that have a snapshot, from the newest back, and keeps the newest
 *       snapshot of each.
 *   <li>A snapshot that is dated later than one that came after it stays, and fills no hour, day or
 *       year of the rules: one of the two was made while the server's clock was wrong.
 *   <li>When the newest is dated after now, everything stays: the clock is wrong now.
 * </ul>
 */
public final class RetentionRules {

  private RetentionRules() {}

  /**
   * Why each snapshot stays.
   *
   * @param newestFirst when the snapshots of the series were committed, in the order of the series
   * @param policies all that still count
   * @param now the server's clock
   * @return for each snapshot what keeps it; nothing for those that go
   */
  public static List<Set<RetentionReason>> decide(
      List<Instant> newestFirst, List<SnapshotRetention> policies, Instant now) {
    List<Set<RetentionReason>> kept = new ArrayList<>(newestFirst.size());
    boolean clockIsWrong = !newestFirst.isEmpty() && newestFirst.getFirst().isAfter(now);
    List<Integer> dated = new ArrayList<>(newestFirst.size());
    Instant latest = Instant.MAX;
    for (int i = 0; i < newestFirst.size(); i++) {
      Set<RetentionReason> reasons = EnumSet.noneOf(RetentionReason.class);
      if (i == 0) {
        reasons.add(RetentionReason.NEWEST);
      }
      Instant at = newestFirst.get(i);
      if (clockIsWrong || at.isAfter(latest)) {
        reasons.add(RetentionReason.CLOCK);
      } else {
        latest = at;
        dated.add(i);
      }
      kept.add(reasons);
    }
    for (SnapshotRetention policy : policies) {
      apply(policy, newestFirst, dated, now, kept);
    }
    return kept;
  }

  private static void apply(
      SnapshotRetention policy,
      List<Instant> times,
      List<Integer> dated,
      Instant now,
      List<Set<RetentionReason>> kept) {
    for (int i : dated.subList(0, Math.clamp(policy.last(), 0, dated.size()))) {
      kept.get(i).add(RetentionReason.LAST);
    }
    periods(
        policy.hourly(),
        RetentionReason.HOURLY,
        t -> t.truncatedTo(ChronoUnit.HOURS),
        times,
        dated,
        kept);
    periods(policy.daily(), RetentionReason.DAILY, ZonedDateTime::toLocalDate, times, dated, kept);
    periods(policy.weekly(), RetentionReason.WEEKLY, RetentionRules::week, times, dated, kept);
    periods(policy.monthly(), RetentionReason.MONTHLY, RetentionRules::month, times, dated, kept);
    periods(policy.yearly(), RetentionReason.YEARLY, ZonedDateTime::getYear, times, dated, kept);
    Duration within = policy.within();
    for (int i : dated) {
      if (within.isPositive() && Duration.between(times.get(i), now).compareTo(within) <= 0) {
        kept.get(i).add(RetentionReason.WITHIN);
      }
    }
  }

  private static void periods(
      int wanted,
      RetentionReason reason,
      Function<ZonedDateTime, Object> period,
      List<Instant> times,
      List<Integer> dated,
      List<Set<RetentionReason>> kept) {
    int found = 0;
    Object last = null;
    for (int i : dated) {
      if (found >= wanted) {
        return;
      }
      Object at = period.apply(times.get(i).atZone(ZoneOffset.UTC));
      if (!at.equals(last)) {
        kept.get(i).add(reason);
        last = at;
        found++;
      }
    }
  }

  private static Object week(ZonedDateTime time) {
    return time.get(IsoFields.WEEK_BASED_YEAR) * 100 + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  private static LocalDate month(ZonedDateTime time) {
    return time.toLocalDate().withDayOfMonth(1);
  }
}
