package org.hikae.device.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is backed up by itself and how often. A value, written as JSON; the arguments are those of
 * {@code hikae backup}, as bytes, because names have any encoding.
 *
 * @param version of this form, 1
 * @param arguments of {@code hikae backup}, each base64url
 * @param workingDirectory where relative paths among them start, base64url
 * @param everyHours hours between two backups, of a list that divides the day evenly
 * @param at minute of the day that the first one of a day is due at, 0 to 1439
 * @param onBattery whether to back up on battery too
 * @param onMetered whether to back up over a metered network too
 * @param warnAfterDays how many days without a backup are told
 */
public record Schedule(
    int version,
    List<String> arguments,
    String workingDirectory,
    int everyHours,
    int at,
    boolean onBattery,
    boolean onMetered,
    int warnAfterDays) {

  /** The form this code writes. */
  public static final int VERSION = 1;

  /** Hours that the day can be divided by. */
  public static final Set<Integer> HOURS = Set.of(1, 2, 3, 4, 6, 8, 12, 24);

  /** Most arguments: as many paths and patterns as a backup takes, with their options. */
  public static final int MAX_ARGUMENTS = 4000;

  /** Most days without a backup before it is told. */
  public static final int MAX_WARN_DAYS = 365;

  private static final int MAX_ARGUMENT_CHARS = 16 * 1024;
  private static final int DAY_MINUTES = 24 * 60;
  private static final Duration LONGEST_SPREAD = Duration.ofMinutes(30);

  /** Copies the list. */
  public Schedule {
    arguments = arguments == null ? List.of() : List.copyOf(arguments);
  }

  /** Whether it is one that this code wrote; a file may hold anything. */
  @JsonIgnore
  public boolean isSound() {
    return version == VERSION
        && arguments.size() <= MAX_ARGUMENTS
        && arguments.stream().allMatch(Schedule::isBytes)
        && workingDirectory != null
        && isBytes(workingDirectory)
        && HOURS.contains(everyHours)
        && at >= 0
        && at < DAY_MINUTES
        && warnAfterDays >= 1
        && warnAfterDays <= MAX_WARN_DAYS;
  }

  private static boolean isBytes(String text) {
    try {
      return text.length() <= MAX_ARGUMENT_CHARS && bytes(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Bytes as text. */
  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Text back as bytes. */
  public static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** The first moment after {@code after} that a backup is due at, by the clock on the wall. */
  public Instant next(Instant after, ZoneId zone) {
    LocalDate day = after.atZone(zone).toLocalDate();
    int step = everyHours * 60;
    // A slot of yesterday may lie after midnight where clocks are changed; one of tomorrow always
    // lies ahead.
    return IntStream.rangeClosed(0, 2)
        .mapToObj(day::plusDays)
        .flatMap(
            date ->
                IntStream.range(0, DAY_MINUTES / step)
                    .map(slot -> at % step + slot * step)
                    .mapToObj(minute -> moment(date, minute, zone)))
        .filter(moment -> moment.isAfter(after))
        .findFirst()
        .orElseThrow();
  }

  private static Instant moment(LocalDate date, int minute, ZoneId zone) {
    return date.atTime(LocalTime.ofSecondOfDay(minute * 60L)).atZone(zone).toInstant();
  }

  /** Over how long the devices of a company spread what is due at the same moment. */
  @JsonIgnore
  public Duration spread() {
    Duration eighth = Duration.ofHours(everyHours).dividedBy(8);
    return eighth.compareTo(LONGEST_SPREAD) < 0 ? eighth : LONGEST_SPREAD;
  }
}
