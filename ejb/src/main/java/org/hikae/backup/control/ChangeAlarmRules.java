package org.hikae.backup.control;

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
 *   <li>The weights of a device's last backups are added up, so that slow malware shows, too. The
 *       sum departs when it reaches the threshold, and thrice what such a sum usually is there.
 *   <li>A quarter of the threshold is unusual. So many devices within a day, above thrice as many
 *       as on a usual day, are an outbreak.
 * </ul>
 */
public final class ChangeAlarmRules {

  /** Backups of a device that are added up, the one that is judged among them. */
  public static final int RECENT = 14;

  /** Backups before them that say what is usual there. */
  public static final int USUAL = 76;

  /** Days that say how many devices usually depart. */
  public static final long USUAL_DAYS = 28;

  private static final long TIMES_USUAL = 3;
  private static final long QUARTERS = 4;

  private ChangeAlarmRules() {}

  /** About how many percent of a device's files a backup says were encrypted since the last. */
  public static int weight(ChangeFigures figures) {
    int weight =
        switch (figures.level()) {
          case NONE, TRACE -> 0;
          case FEW -> 2;
          case SOME -> 10;
          case MANY -> 30;
          case MOST -> 70;
        };
    return switch (figures.content()) {
      case PLAIN -> 0;
      case MIXED -> weight / 2;
      case RANDOM -> weight;
    };
  }

  /**
   * How a backup departs; empty when it does not.
   *
   * @param now what it says
   * @param recent the backups before it, at most {@link #RECENT} with it
   * @param usual those before them, at most {@link #USUAL}
   */
  public static Optional<DepartureKind> judge(
      ChangeFigures now,
      List<ChangeFigures> recent,
      List<ChangeFigures> usual,
      ChangeAlarmThresholds thresholds) {
    long weight = weight(now);
    long sum = weight + sum(recent);
    // Of a device with a short history it is not known that it usually does nothing.
    boolean departs = sum * USUAL > TIMES_USUAL * sum(usual) * RECENT;
    if (weight == 0 || thresholds.percent() == 0 || !departs) {
      return Optional.empty();
    }
    if (sum >= thresholds.percent() && now.content() == EntropyKind.RANDOM) {
      return Optional.of(DepartureKind.OUTBREAK);
    }
    return sum * QUARTERS >= thresholds.percent()
        ? Optional.of(DepartureKind.UNUSUAL)
        : Optional.empty();
  }

  private static long sum(List<ChangeFigures> backups) {
    return backups.stream().mapToLong(ChangeAlarmRules::weight).sum();
  }

  /**
   * Whether so many devices that depart within a day are an outbreak.
   *
   * @param devices how many do
   * @param before how many backups departed within the {@link #USUAL_DAYS} days before
   */
  public static boolean isOutbreakOfMany(
      long devices, long before, ChangeAlarmThresholds thresholds) {
    return thresholds.devices() > 0
        && devices * USUAL_DAYS >= thresholds.devices() * USUAL_DAYS + TIMES_USUAL * before;
  }
}
