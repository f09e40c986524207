package org.hikae.device.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.hikae.device.ByteSizeFormat;
import org.hikae.device.PortalTime;
import org.hikae.device.TextControl;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
public final class DisplayFormat {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final String UNKNOWN = "?";

  private DisplayFormat() {}

  public static String bytes(long bytes) {
    return ByteSizeFormat.text(bytes);
  }

  public static String duration(long millis) {
    long seconds = millis / 1000;
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** An instant that was written down, in the computer's time zone; else the text as it is. */
  public static String time(String instant, ZoneId zone) {
    try {
      return time(Instant.parse(instant), zone);
    } catch (DateTimeParseException e) {
      return plain(instant);
    }
  }

  /** An instant of the portal in the computer's time zone; a question mark for one unreadable. */
  public static String time(Instant instant, ZoneId zone) {
    return PortalTime.isReadable(instant) ? TIME.format(instant.atZone(zone)) : UNKNOWN;
  }

  /** The end of a message's key for a word of the portal. */
  public static String key(@Nullable Enum<?> word) {
    return word == null ? "UNKNOWN" : word.name();
  }

  /** A moment in the computer's time zone, to the minute. */
  public static String minute(Instant instant, ZoneId zone) {
    return MINUTE.format(instant.atZone(zone));
  }

  /**
   * Text within a sentence, whoever's: without what moves the cursor, begins a line or turns the
   * text around it. Other invisible characters stay, because names of files need them.
   */
  public static String inLine(String text) {
    return TextControl.replaced(text, TextControl::isControl);
  }

  /** Text of the portal: without any character that cannot be seen. */
  public static String plain(String text) {
    return TextControl.plain(text);
  }

  /** A name that the portal gives. */
  public static String name(String text) {
    return TextControl.name(text);
  }
}
