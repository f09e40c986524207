package org.hikae.insight.value;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How runs ended by the hour of the day in which they began. A run counts once, however long it
 * took. An hour that a change of the clock repeats has the runs of both, and one that it leaves out
 * has none of that day.
 *
 * @param hours all 24, from midnight on
 * @param notedAt when they were counted last; null when there is none
 */
public record RunHourSummary(List<RunHourCount> hours, @Nullable Instant notedAt) {

  /** So few failures say nothing about an hour. */
  static final int LEAST_FAILED = 10;

  private static final int HOURS = 24;

  /** Copies the list. */
  public RunHourSummary {
    hours = List.copyOf(hours);
  }

  /** Adds up quarters of hours by the hours of a zone. */
  public static RunHourSummary of(List<RunPeriodCount> periods, ZoneId zone) {
    List<RunHourCount> hours =
        new ArrayList<>(
            IntStream.range(0, HOURS).mapToObj(hour -> new RunHourCount(hour, 0, 0, 0)).toList());
    for (RunPeriodCount period : periods) {
      int hour = period.beganAt().atZone(zone).getHour();
      hours.set(hour, hours.get(hour).plus(period));
    }
    return new RunHourSummary(
        hours,
        periods.stream().map(RunPeriodCount::notedAt).max(Comparator.naturalOrder()).orElse(null));
  }

  /** All runs. */
  public long total() {
    return hours.stream().mapToLong(RunHourCount::total).sum();
  }

  /** Those of them that failed. */
  public long failed() {
    return hours.stream().mapToLong(RunHourCount::failed).sum();
  }

  /** The hour with more than half of all failures, if these are ten or more; null without. */
  public @Nullable RunHourCount peak() {
    long failed = failed();
    return failed < LEAST_FAILED
        ? null
        : hours.stream().filter(hour -> hour.failed() > failed / 2).findFirst().orElse(null);
  }
}
