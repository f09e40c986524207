package org.hikae.admin.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The language of a command's sentences, and the sentences. */
final class LanguageOption {

  @Option(
      names = "--lang",
      paramLabel = "en|ja",
      description = "Language of the sentences; by default that of LC_ALL, LC_MESSAGES or LANG.")
  private @Nullable String language;

  /** What is spoken: {@code en} or {@code ja}. */
  String spoken() {
    return language == null ? AdminMain.language(System.getenv()) : language;
  }

  /** A sentence of a bundle. */
  String say(String bundle, String key, Object... arguments) {
    ResourceBundle sentences =
        ResourceBundle.getBundle(
            bundle,
            spoken().equals("ja") ? Locale.JAPANESE : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new MessageFormat(sentences.getString(key), Locale.ROOT).format(arguments);
  }
}
