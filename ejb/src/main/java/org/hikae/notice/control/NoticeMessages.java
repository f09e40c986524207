package org.hikae.notice.control;

import java.text.Bidi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.control.NumberText;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/** What notices say, in English and Japanese: times, sizes and counts as people read them. */
public final class NoticeMessages {

  private static final String BUNDLE = "org.hikae.notice.control.texts";

  /** A fact in a sentence, and how it is read: {@code {name}} or {@code {since,time}}. */
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?:,(\\w+))?}");

  /** How the key ends of a sentence for staff, where it is another one. */
  private static final String STAFF = ".staff";

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  /** What of a name would end a line, or turn the rest of it around (Unicode, annex 9). */
  private static final Pattern COMMANDS =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

  /** Between these a name has its own direction, and what is around it keeps its place. */
  private static final char FIRST_STRONG_ISOLATE = '\u2068';

  private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

  /** Longest fact that is repeated in a sentence; a device's name may be long. */
  private static final int MAX_FACT_CHARS = 120;

  private NoticeMessages() {}

  /**
   * A piece of a sentence.
   *
   * @param text words; empty for a time
   * @param time a time, which a page shows in its reader's zone; null for words
   */
  public record Part(String text, @Nullable Instant time) {}

  /** One sentence: what happened, with its facts; times are in this zone. */
  public static String sentence(
      NoticeKind kind, Map<String, String> detail, String language, ZoneId zone) {
    return parts(kind, detail, language).stream()
        .map(part -> part.time() == null ? part.text() : time(part.time(), language, zone))
        .collect(Collectors.joining());
  }

  /** The same sentence in pieces. */
  public static List<Part> parts(NoticeKind kind, Map<String, String> detail, String language) {
    return parts(text(kind.code(), language), detail, language);
  }

  /** What those read who run the backup: the same without what only its person can do. */
  public static List<Part> staffParts(
      NoticeKind kind, Map<String, String> detail, String language) {
    ResourceBundle texts = bundle(language);
    String key = kind.code() + STAFF;
    return parts(texts.getString(texts.containsKey(key) ? key : kind.code()), detail, language);
  }

  private static List<Part> parts(String text, Map<String, String> detail, String language) {
    List<Part> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    int end = 0;
    while (place.find()) {
      parts.add(new Part(text.substring(end, place.start()), null));
      parts.add(fact(place.group(2), detail.get(place.group(1)), language));
      end = place.end();
    }
    parts.add(new Part(text.substring(end), null));
    return parts;
  }

  /** Another text of the mails. */
  public static String text(String key, String language) {
    return bundle(language).getString(key);
  }

  /** A time for people who read this language in this zone. */
  public static String time(Instant at, String language, ZoneId zone) {
    String pattern = language.equals("ja") ? "uuuu年M月d日 HH:mm z" : "d MMM uuuu HH:mm z";
    // Both write a zone in the same letters; the JDK's Japanese names lack some summer times.
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(at.atZone(zone));
  }

  private static Part fact(@Nullable String form, @Nullable String fact, String language) {
    if (fact == null) {
      return new Part("–", null);
    }
    if ("time".equals(form)) {
      try {
        return new Part("", Instant.parse(fact));
      } catch (DateTimeParseException e) {
        return new Part(plain(fact), null);
      }
    }
    if (form == null || !NUMBER.matcher(fact).matches()) {
      return new Part(plain(fact), null);
    }
    return new Part(number(form, Long.parseLong(fact), language), null);
  }

  private static String number(String form, long value, String language) {
    return switch (form) {
      case "bytes" -> NumberText.bytes(value);
      case "count" -> NumberText.count(value);
      case "duration" -> duration(Duration.ofSeconds(value), language);
      default -> throw new IllegalArgumentException("No fact is read as " + form);
    };
  }

  private static String duration(Duration length, String language) {
    boolean minutes = length.abs().toHours() < 1;
    String unit = text(minutes ? "unit.minutes" : "unit.hours", language);
    return NumberText.count(minutes ? length.toMinutes() : length.toHours()) + " " + unit;
  }

  /** What people named, as one line that turns nothing around, and not longer than a line. */
  static String plain(String fact) {
    String one = COMMANDS.matcher(fact).replaceAll(" ");
    String brief = TextTruncation.to(one, MAX_FACT_CHARS);
    String shown = one.equals(brief) ? one : brief + "…";
    return Bidi.requiresBidi(shown.toCharArray(), 0, shown.length())
        ? FIRST_STRONG_ISOLATE + shown + POP_DIRECTIONAL_ISOLATE
        : shown;
  }

  private static ResourceBundle bundle(String language) {
    return ResourceBundle.getBundle(
        BUNDLE,
        language.equals("ja") ? Locale.JAPANESE : Locale.ROOT,
        NoticeMessages.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
