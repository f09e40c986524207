package org.hikae.device.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * Sentences for people, in English or Japanese. Placeholders are {@code {0}}, {@code {1}} …;
 * nothing else is special.
 */
final class Messages {

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
  static Messages in(String language) {
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

  String language() {
    return language;
  }

  /** The sentence with its placeholders filled. */
  String get(String key, List<?> arguments) {
    String sentence =
        bundle.containsKey(key)
            ? bundle.getString(key)
            : bundle.getString("unknown-message") + " " + key;
    for (int i = 0; i < arguments.size(); i++) {
      sentence = sentence.replace("{" + i + "}", String.valueOf(arguments.get(i)));
    }
    return sentence;
  }

  /** The sentence with its placeholders filled. */
  String get(String key, Object... arguments) {
    return get(key, List.of(arguments));
  }
}
