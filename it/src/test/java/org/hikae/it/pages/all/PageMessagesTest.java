package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say, in both languages. */
class PageMessagesTest {

  static final Path PORTAL = BuildOutput.root().resolve("web/portal/src/main");
  private static final Path BUNDLES = PORTAL.resolve("resources/org/hikae/portal");

  /** Bundles by the variable that pages know them under. */
  static Map<String, String> bundles() throws IOException {
    Map<String, String> found = new TreeMap<>();
    Pattern bundle = Pattern.compile("portal\\.(\\w+)</base-name>\\s*<var>(\\w+)</var>");
    Matcher matcher =
        bundle.matcher(Files.readString(PORTAL.resolve("webapp/WEB-INF/faces-config.xml")));
    while (matcher.find()) {
      found.put(matcher.group(2), matcher.group(1));
    }
    return found;
  }

  static Collection<String> names() throws IOException {
    return bundles().values();
  }

  @Test
  void every_file_of_texts_is_a_bundle_that_pages_know() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(f -> f.endsWith("_en.properties")))
          .containsExactlyInAnyOrderElementsOf(
              names().stream().map(name -> name + "_en.properties").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void both_languages_say_the_same_things(String bundle) throws IOException {
    Properties english = read(bundle + "_en");
    Properties japanese = read(bundle + "_ja");
    assertThat(japanese.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    assertThat(japanese.values()).allMatch(text -> !text.toString().isBlank());
    for (String key : english.stringPropertyNames()) {
      assertThat(placeholders(japanese.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void every_key_that_a_page_names_exists() throws IOException {
    List<String> missing = new ArrayList<>();
    Map<String, String> bundles = bundles();
    Pattern use = Pattern.compile("\\b(" + String.join("|", bundles.keySet()) + ")\\['([\\w.]+)']");
    try (Stream<Path> pages = Files.walk(PORTAL.resolve("webapp"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
        Matcher matcher = use.matcher(Files.readString(page));
        while (matcher.find()) {
          if (!read(bundles.get(matcher.group(1)) + "_en").containsKey(matcher.group(2))) {
            missing.add(page.getFileName() + ": " + matcher.group());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** "Confirm" says nothing of what happens. */
  @Test
  void the_button_of_each_question_names_the_act() throws IOException {
    Pattern question = Pattern.compile("<p:confirm\\s[^>]*>");
    List<String> nameless = new ArrayList<>();
    int questions = 0;
    try (Stream<Path> pages = Files.walk(PORTAL.resolve("webapp"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
        Matcher matcher = question.matcher(Files.readString(page));
        while (matcher.find()) {
          questions++;
          if (!matcher.group().contains(" yesButtonLabel=\"#{")) {
            nameless.add(page.getFileName() + ": " + matcher.group());
          }
        }
      }
    }
    assertThat(nameless).isEmpty();
    assertThat(questions).isGreaterThan(20);
  }

  @Test
  void employees_read_the_sentences_of_the_threat_model() throws IOException {
    String document = Files.readString(BuildOutput.root().resolve("docs/threat-model.md"));
    Matcher sections =
        Pattern.compile("^### (.+)\\n(.+)$", Pattern.MULTILINE)
            .matcher(document.split("## Plain answers", -1)[1].split("\n## ", -1)[0]);
    Properties english = read("answers_en");
    int number = 0;
    while (sections.find()) {
      number++;
      assertThat(english.getProperty("question." + number)).isEqualTo(sections.group(1));
      assertThat(english.getProperty("answer." + number)).isEqualTo(sections.group(2));
    }
    assertThat(number).isGreaterThanOrEqualTo(5);
    assertThat(english).doesNotContainKey("question." + (number + 1));
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\w+}").matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  static Properties read(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name + ".properties"))) {
      properties.load(reader);
    }
    return properties;
  }
}
