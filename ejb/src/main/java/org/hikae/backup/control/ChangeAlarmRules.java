package org.hikae.backup.control;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.EntropyKind;
import org.hikae.policy.view.ChangeAlarmThresholds;

/**
 * Decides by the coarse figures of backups whether files are being encrypted (spec HK1-R-21). Pure:
 * the same figures give the same answer.
 *
 * <ul>
 *   <li>A backup weighs about as much as the part of the files that it says was changed or renamed
 *       and now looks random. Half as much when only some of it does, and nothing when little does.
 *   <li>The weights of a day are added up, and those of a device's last days, so that slow malware
 *       shows, too, and how often a device backs up makes no difference. The sum departs when it
 *       reaches the threshold, and thrice what such a sum usually is there.
 *   <li>A quarter of the threshold is unusual. So many people with such devices within a day, above
 *       thrice as many as on a usual day, are an outbreak.
 * </ul>
 */
public final class ChangeAlarmRules {

  /** Days of a device that are added up, today among them. */
  public static final int RECENT_DAYS = 21;

  /** Days before them that say what is usual there. */
  public static final int USUAL_DAYS = 69;

  /** Days that say how many people's devices usually depart. */
  public static final long USUAL_DAYS_OF_MANY = 28;

  /** Whose device departed more days ago than this, within the usual days, is not counted. */
  public static final long NEW_DAYS = 7;

  private static final long TIMES_USUAL = 3;
  private static final long QUARTERS = 4;
  private static final long TENTHS = 10;

  private ChangeAlarmRules() {}

  /**
   * What backups of a device weighed on a day.
   *
   * @param day which one
   * @param weight in tenths of a percent of its files, as far as nobody has judged it
   * @param settled the same of what a person said was meant
   * @param outbreak whether it was an outbreak; then it does not make the next one usual
   */
  public record DayWeight(LocalDate day, int weight, int settled, boolean outbreak) {}

  /** About how many tenths of a percent of a device's files a backup says were encrypted. */
  public static int weight(ChangeFigures figures) {
    // So little of a backup shows only where many a day add up, and must be random to do so.
    int trace = figures.content() == EntropyKind.RANDOM ? 2 : 0;
    int weight =
        switch (figures.level()) {
          case NONE -> 0;
          case TRACE -> trace;
          case FEW -> 20;
          case SOME -> 100;
          case MANY -> 300;
          case MOST -> 700;
        };
    return switch (figures.content()) {
      case PLAIN -> 0;
      case MIXED -> weight / 2;
      case RANDOM -> weight;
    };
  }

  /** The first day that is added up today. */
  public static LocalDate recentFrom(LocalDate today) {
    return today.minusDays(RECENT_DAYS - 1L);
  }

  /** The first day that says anything today; what is older is forgotten. */
  public static LocalDate usualFrom(LocalDate today) {
    return recentFrom(today).minusDays(USUAL_DAYS);
  }

  /**
   * How a device departs; empty when it does not.
   *
   * @param now what its last backup says
   * @param today the day of that
   * @param days its days with that backup added; older than {@link #usualFrom} say nothing
   */
  public static Optional<DepartureKind> judge(
      ChangeFigures now, LocalDate today, List<DayWeight> days, ChangeAlarmThresholds thresholds) {
    LocalDate recentFrom = recentFrom(today);
    LocalDate usualFrom = usualFrom(today);
    long sum = 0;
    long usual = 0;
    for (DayWeight day : days) {
      if (!day.day().isBefore(recentFrom)) {
        sum += day.weight();
        usual += day.settled();
      } else if (!day.day().isBefore(usualFrom)) {
        usual += day.settled() + (day.outbreak() ? 0 : day.weight());
      }
    }
    // Of a device with a short history it is not known that it usually does nothing.
    boolean departs = sum * USUAL_DAYS > TIMES_USUAL * usual * RECENT_DAYS;
    if (weight(now) == 0 || thresholds.percent() == 0 || !departs) {
      return Optional.empty();
    }
    if (sum >= thresholds.percent() * TENTHS && now.content() == EntropyKind.RANDOM) {
      return Optional.of(DepartureKind.OUTBREAK);
    }
    return sum * QUARTERS >= thresholds.percent() * TENTHS
        ? Optional.of(DepartureKind.UNUSUAL)
        : Optional.empty();
  }

  /**
   * Whether so many people whose devices depart within a day are an outbreak.
   *
   * @param people how many; each once, whatever their devices report
   * @param before how many in the {@link #USUAL_DAYS_OF_MANY} days before, each once
   */
  public static boolean isOutbreakOfMany(
      long people, long before, ChangeAlarmThresholds thresholds) {
    return thresholds.people() > 0
        && people * USUAL_DAYS_OF_MANY
            >= thresholds.people() * USUAL_DAYS_OF_MANY + TIMES_USUAL * before;
  }
}
