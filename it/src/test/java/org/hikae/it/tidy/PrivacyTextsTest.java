package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's window says of what IT can see what the portal says, before a person agrees. */
class PrivacyTextsTest {

  private static final Path PORTAL =
      BuildOutput.root().resolve("web/portal/src/main/resources/org/hikae/portal");
  private static final Path WINDOW =
      BuildOutput.root().resolve("device/src/main/resources/org/hikae/device/cli/window");

  private static Map<String, String> read(Path file, String prefix) throws IOException {
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      all.load(in);
    }
    Map<String, String> chosen = new TreeMap<>();
    for (String key : all.stringPropertyNames()) {
      String plain = key.substring(key.startsWith(prefix) ? prefix.length() : 0);
      if (key.startsWith(prefix) && plain.matches("(sees|hidden)\\.[0-9]+")) {
        chosen.put(plain, all.getProperty(key));
      }
    }
    return chosen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void the_window_tells_all_of_it_in_the_same_words(String language) throws IOException {
    String window = language.equals("en") ? "texts.properties" : "texts_ja.properties";
    Map<String, String> portal = read(PORTAL.resolve("answers_" + language + ".properties"), "");
    assertThat(portal).hasSize(11);
    assertThat(read(WINDOW.resolve(window), "privacy.")).isEqualTo(portal);
  }
}
