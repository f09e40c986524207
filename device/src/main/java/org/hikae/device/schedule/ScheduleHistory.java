package org.hikae.device.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.http.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How scheduled backups went, and when the next one is due. A value; times are seconds since 1970.
 *
 * <p>The next time is drawn once and kept, so that what is shown is what happens. A time that was
 * missed, because the computer slept or was off, stays due until a backup was tried: missed runs
 * are caught up once, however many they were.
 *
 * @param version of this form, 1
 * @param since when the schedule was made
 * @param nextAt when the next backup is due
 * @param failures how many tries in a row ended without a snapshot
 * @param doneAt when the last one with a snapshot ended; 0 before the first
 * @param toldAt when a person was last told that backups are missing; 0 when never
 * @param byHandAt when a person last had all of it backed up; absent when never, and in what an
 *     earlier agent wrote
 */
public record ScheduleHistory(
    int version,
    long since,
    long nextAt,
    int failures,
    long doneAt,
    long toldAt,
    @Nullable Long byHandAt) {

  /** The form this code writes. */
  public static final int VERSION = 1;

  /**
   * When a failed run is tried again: after 5 to 10 minutes, then twice as long each time, 6 times
   * at most and never past the next regular one.
   */
  static final RetryPolicy RETRY = new RetryPolicy(7, Duration.ofMinutes(10), Duration.ofHours(4));

  private static final long TOLD_AGAIN_SECONDS = Duration.ofHours(20).toSeconds();

  /** For a new schedule: the first backup is due at once. */
  public static ScheduleHistory begun(Instant now) {
    return new ScheduleHistory(VERSION, now.getEpochSecond(), now.getEpochSecond(), 0, 0, 0, null);
  }

  /** Whether it is one that this code wrote. */
  @JsonIgnore
  public boolean isSound() {
    return version == VERSION && failures >= 0 && doneAt >= 0 && toldAt >= 0 && handSecond() >= 0;
  }

  /** The same for another schedule: what was done counts, and the next backup is due at once. */
  public ScheduleHistory renewed(Instant now) {
    return new ScheduleHistory(
        VERSION, now.getEpochSecond(), now.getEpochSecond(), 0, doneAt, toldAt, null);
  }

  private long handSecond() {
    return byHandAt == null ? 0 : byHandAt;
  }

  /** When a person had all of it backed up, if no scheduled backup ended after that. */
  public Optional<Instant> byHand() {
    return handSecond() > doneAt
        ? Optional.of(Instant.ofEpochSecond(handSecond()))
        : Optional.empty();
  }

  /** When the next one is due. */
  public Instant next() {
    return Instant.ofEpochSecond(nextAt);
  }

  /** Whether it is time. */
  public boolean due(Schedule schedule, Instant now) {
    // Farther off than any time that is ever drawn: the clock was set back.
    Duration farthest = Duration.ofHours(schedule.everyHours() + 2L).plus(schedule.spread());
    return !next().isAfter(now) || next().isAfter(now.plus(farthest));
  }

  /** What is remembered when a try ended so. */
  public ScheduleHistory after(
      RunResult result, Schedule schedule, Instant now, ZoneId zone, RandomGenerator random) {
    Instant regular = regular(schedule, now, zone, random);
    return switch (result) {
      case SUCCESS, PARTIAL ->
          new ScheduleHistory(
              VERSION, since, regular.getEpochSecond(), 0, now.getEpochSecond(), toldAt, byHandAt);
      // Stopped from outside, such as at the end of a session: it is still due.
      case CANCELLED, RUNNING -> this;
      // Only a person can change that, so trying soon again would be noise.
      case REFUSED, LOCKED, CORRUPT -> failed(regular);
      case NETWORK, LOCAL, INTERNAL -> {
        Instant again = now.plus(RETRY.pause(failures + 2, OptionalLong.empty(), random));
        boolean soon = failures + 1 < RETRY.attempts() && again.isBefore(regular);
        yield failed(soon ? again : regular);
      }
    };
  }

  private static Instant regular(
      Schedule schedule, Instant now, ZoneId zone, RandomGenerator random) {
    return schedule.next(now, zone).plusSeconds(random.nextLong(schedule.spread().toSeconds() + 1));
  }

  private ScheduleHistory failed(Instant next) {
    int counted = Math.min(failures + 1, RETRY.attempts());
    return new ScheduleHistory(
        VERSION, since, next.getEpochSecond(), counted, doneAt, toldAt, byHandAt);
  }

  /**
   * What is remembered when a person had all of it backed up: what was due is done. How scheduled
   * backups went stays, because it also says whether anything begins them.
   */
  public ScheduleHistory madeByHand(
      Schedule schedule, Instant now, ZoneId zone, RandomGenerator random) {
    long next = regular(schedule, now, zone, random).getEpochSecond();
    return new ScheduleHistory(
        VERSION, since, next, failures, doneAt, toldAt, now.getEpochSecond());
  }

  /** For how many whole days there has been no backup. */
  public long daysWithout(Instant now) {
    long last = Math.max(Math.max(doneAt, handSecond()), since);
    return Math.max(0, now.getEpochSecond() - last) / 86_400;
  }

  /** Whether it is time to tell a person; once a day. */
  public boolean tell(Schedule schedule, Instant now) {
    long sinceTold = now.getEpochSecond() - toldAt;
    return daysWithout(now) >= schedule.warnAfterDays()
        && (sinceTold >= TOLD_AGAIN_SECONDS || sinceTold < 0);
  }

  /** The same when a person was told. */
  public ScheduleHistory told(Instant now) {
    return new ScheduleHistory(
        VERSION, since, nextAt, failures, doneAt, now.getEpochSecond(), byHandAt);
  }
}
