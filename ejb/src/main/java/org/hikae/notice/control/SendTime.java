package org.hikae.notice.control;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind.Severity;

/** When a recipient is told. Pure: time comes from the caller. */
public final class SendTime {

  private SendTime() {}

  /** Whether it is told together with the day's others. What is critical never is. */
  public static boolean isDigest(RecipientSchedule times, Severity severity) {
    return times.digestAt() != null && severity != Severity.CRITICAL;
  }

  /** Whether nothing is sent now. */
  public static boolean isMuted(RecipientSchedule times, Instant now) {
    return times.mutedUntil() != null && times.mutedUntil().isAfter(now);
  }

  /**
   * When it is sent: at the next time for the day's notices, at the end of quiet hours, or now.
   * What is critical is sent now.
   */
  public static Instant of(RecipientSchedule times, Severity severity, Instant now) {
    if (severity == Severity.CRITICAL) {
      return now;
    }
    ZonedDateTime local = now.atZone(times.zone());
    if (times.digestAt() != null) {
      return next(local, times.digestAt());
    }
    LocalTime from = times.quietFrom();
    LocalTime until = times.quietUntil();
    return from != null && until != null && isWithin(local.toLocalTime(), from, until)
        ? next(local, until)
        : now;
  }

  private static boolean isWithin(LocalTime time, LocalTime from, LocalTime until) {
    boolean begun = !time.isBefore(from);
    boolean ended = !time.isBefore(until);
    return from.isBefore(until) ? begun && !ended : begun || !ended;
  }

  private static Instant next(ZonedDateTime local, LocalTime time) {
    ZonedDateTime today = local.with(time);
    return (today.isAfter(local) ? today : local.plusDays(1).with(time)).toInstant();
  }
}
