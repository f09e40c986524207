package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * Every numbered rule of the specification is named by a test, and no test names one that is not
 * there; and the tests that the threat model sets against attacks exist.
 */
class SpecTest {

  private static final Pattern RULE = Pattern.compile("\\*\\*(HK1-[A-Z]-\\d\\d)\\*\\*");

  /** A test's name as these tests have them. */
  private static final Pattern METHOD = Pattern.compile("\\b[a-z0-9]+(?:_[a-z0-9]+){2,}\\b");

  /** A class of tests, or a test. */
  private static final Pattern ATTACK =
      Pattern.compile("`([A-Za-z0-9]+(?:Test|IT))`|" + METHOD.pattern());

  private static final Pattern COMPARED = Pattern.compile("SpecNumbers\\.of\\(\"([a-z-]+)\"\\)");

  private static final Pattern NAMED =
      Pattern.compile(
          "HK1-([A-Z])-(\\d\\d)(?:\\s+(?:\\*\\s+)?to\\s+(?:\\*\\s+)?HK1-\\1-(\\d\\d))?");

  @Test
  void every_rule_is_named_by_a_test() throws IOException {
    assertThat(rules()).isNotEmpty();
    Set<String> unproved = new TreeSet<>(rules());
    unproved.removeAll(named());
    assertThat(unproved).isEmpty();
  }

  @Test
  void no_rule_has_the_number_of_another() throws IOException {
    Set<String> found = new TreeSet<>();
    List<String> twice = new ArrayList<>();
    for (Path page : files(BuildOutput.root().resolve("docs/spec"), ".md")) {
      Matcher rule = RULE.matcher(Files.readString(page));
      while (rule.find()) {
        if (!found.add(rule.group(1))) {
          twice.add(page.getFileName() + " " + rule.group(1));
        }
      }
    }
    assertThat(twice).isEmpty();
  }

  /** So that no number stands in the table that nothing compares with the code. */
  @Test
  void every_group_of_numbers_is_compared_by_a_test() throws IOException {
    Set<String> groups = new TreeSet<>();
    for (String line : Files.readAllLines(BuildOutput.root().resolve("docs/spec/numbers.tsv"))) {
      groups.add(line.substring(0, line.indexOf('\t')));
    }
    groups.remove("group");
    Set<String> compared = new TreeSet<>();
    for (Path test : files(BuildOutput.root(), "Test.java")) {
      Matcher group = COMPARED.matcher(Files.readString(test));
      while (group.find()) {
        compared.add(group.group(1));
      }
    }
    assertThat(compared).isEqualTo(groups);
  }

  @Test
  void every_test_that_the_threat_model_names_exists_where_it_says() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    for (String ending : List.of("Test.java", "IT.java")) {
      for (Path test : files(BuildOutput.root(), ending)) {
        String name = test.getFileName().toString();
        tests.put(name.substring(0, name.indexOf('.')), Files.readString(test));
      }
    }
    String all = String.join("\n", tests.values());
    String page = Files.readString(BuildOutput.root().resolve("docs/threat-model.md"));
    Set<String> missing = new TreeSet<>();
    int named = 0;
    for (String cell : page.split("[|\\n]", -1)) {
      // The class before it in its cell; where a section names one for all of them, any.
      String within = all;
      Matcher attack = ATTACK.matcher(cell);
      while (attack.find()) {
        named++;
        String test = attack.group(1);
        if (test != null) {
          within = tests.getOrDefault(test, "");
        }
        if (test == null ? !within.contains("void " + attack.group() + "(") : within.isEmpty()) {
          missing.add(attack.group());
        }
      }
    }
    assertThat(named).isGreaterThan(20);
    assertThat(missing).isEmpty();
  }

  @Test
  void no_test_names_a_rule_that_does_not_exist() throws IOException {
    Set<String> unknown = new TreeSet<>(named());
    unknown.removeAll(rules());
    assertThat(unknown).isEmpty();
  }

  private static Set<String> rules() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path page : files(BuildOutput.root().resolve("docs/spec"), ".md")) {
      Matcher rule = RULE.matcher(Files.readString(page));
      while (rule.find()) {
        found.add(rule.group(1));
      }
    }
    return found;
  }

  private static Set<String> named() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path test : files(BuildOutput.root(), ".java")) {
      if (!test.toString().contains("/src/test/") || test.endsWith("SpecTest.java")) {
        continue;
      }
      Matcher named = NAMED.matcher(Files.readString(test));
      while (named.find()) {
        int first = Integer.parseInt(named.group(2));
        int last = named.group(3) == null ? first : Integer.parseInt(named.group(3));
        for (int number = first; number <= last; number++) {
          found.add(String.format(Locale.ROOT, "HK1-%s-%02d", named.group(1), number));
        }
      }
    }
    return found;
  }

  private static Iterable<Path> files(Path top, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return new ArrayList<>(
          all.filter(file -> file.toString().endsWith(ending))
              .filter(file -> !file.toString().contains("/target/"))
              .toList());
    }
  }
}
