package org.hikae.ui.faces;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.hikae.runtime.control.NumberText;
import org.jspecify.annotations.Nullable;

/** How numbers and times look on the pages; functions for the pages' expressions. */
public final class DisplayText {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int SHORT_CHARS = 8;

  private DisplayText() {}

  /** Bytes for people, such as {@code 1.4 GiB}. */
  public static String bytes(long bytes) {
    return NumberText.bytes(bytes);
  }

  /** A whole number with separators between thousands. */
  public static String count(long number) {
    return NumberText.count(number);
  }

  /** A time as text in UTC; the page's script shows it in the reader's zone. */
  public static String utc(@Nullable Instant time) {
    return time == null ? "" : UTC.format(time);
  }

  /** A time for the {@code datetime} attribute. */
  public static String iso(@Nullable Instant time) {
    return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The beginning of an identifier, enough to tell two apart by eye. */
  public static String brief(String id) {
    return id.length() <= SHORT_CHARS ? id : id.substring(0, SHORT_CHARS) + "…";
  }

  /**
   * A sentence with a value in it.
   *
   * @param sentence has the value's name in braces
   * @param name without the braces
   * @param value nothing is put in for none
   */
  public static String fill(String sentence, String name, @Nullable Object value) {
    return sentence.replace("{" + name + "}", value == null ? "" : value.toString());
  }
}
