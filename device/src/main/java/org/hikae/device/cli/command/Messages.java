package org.hikae.device.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.hikae.device.AgentException;

/**
 * Sentences for people, in English or Japanese. Placeholders are {@code {0}}, {@code {1}} …;
 * nothing else is special. What fills them may come from a portal, a sign-on or a file's name, and
 * never controls the terminal.
 */
public final class Messages {

  private static final String BUNDLE = "org.hikae.device.cli.messages";

  private final ResourceBundle bundle;
  private final String language;

  private Messages(String language) {
    this.language = language;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            Locale.forLanguageTag(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** In {@code en} or {@code ja}. */
  public static Messages in(String language) {
    return new Messages(language.equals("ja") ? "ja" : "en");
  }

  /** The language that the environment asks for, as other programs read it. */
  static String languageOf(Map<String, String> environment) {
    for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT).startsWith("ja") ? "ja" : "en";
      }
    }
    return "en";
  }

  public String language() {
    return language;
  }

  /** Whether there is such a sentence. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }

  /** The sentence with its placeholders filled. */
  public String get(String key, List<?> arguments) {
    String sentence =
        bundle.containsKey(key)
            ? bundle.getString(key)
            : bundle.getString("unknown-message") + " " + key;
    for (int i = 0; i < arguments.size(); i++) {
      sentence = sentence.replace("{" + i + "}", text(arguments.get(i)));
    }
    return sentence;
  }

  /**
   * Spans and times as people say them; a span is rounded up, so that nobody comes too early. Any
   * other argument may be what the portal or a stranger has written.
   */
  private String text(Object argument) {
    return switch (argument) {
      case Duration span -> span(Math.max(2, span.toSeconds()));
      case AgentException reason -> get(reason.key(), reason.arguments());
      case Instant time -> DisplayFormat.minute(time, ZoneId.systemDefault());
      default -> DisplayFormat.inLine(String.valueOf(argument));
    };
  }

  private String span(long seconds) {
    if (seconds < 120) {
      return get("span.seconds", seconds);
    }
    if (seconds < 120 * 60) {
      return get("span.minutes", (seconds + 59) / 60);
    }
    if (seconds < 48 * 3600) {
      return get("span.hours", (seconds + 3599) / 3600);
    }
    return get("span.days", (seconds + 86_399) / 86_400);
  }

  /** The sentence with its placeholders filled. */
  public String get(String key, Object... arguments) {
    return get(key, List.of(arguments));
  }
}
