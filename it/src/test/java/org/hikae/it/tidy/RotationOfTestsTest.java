package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** Whatever {@code ./verify} leaves out has its turn now and then, so that it does not rot. */
class RotationOfTestsTest {

  private static final int MOST_SECONDS = 90;

  /** A test that does less in a short run. */
  private static final Pattern LESS =
      Pattern.compile(
          "@FullRunOnly\\b|takesAllOf\\(|DatabaseLanes\\.run\\(|TestEffort\\.times\\(|@EachDatabase\\n");

  /** A test of which a short run that takes it whole has a part. */
  private static final Pattern PARTS = Pattern.compile("\\bpartOf\\(");

  /** A test that a short run has by turn only. */
  private static final Pattern SOMETIMES = Pattern.compile("@(FullRunOnly|EveryThirdRun)\\b");

  /** The same of a method: its annotations and its own lines. */
  private static final Pattern METHOD_SOMETIMES =
      Pattern.compile(SOMETIMES + "|everyThirdRun = true|\\btakesThirdOf\\(");

  /** Finders that do something besides by turn, which these faults do not need. */
  private static final Set<String> WITH_MORE_BY_TURN =
      Set.of("is_for_everybody_fits_its_window_and_says_everything");

  /** What a class of tests extends, of which it inherits marks. */
  private static final Pattern PARENT =
      Pattern.compile("(?m)^(?:(?:public|abstract|final) )*class \\w+(?:<.*>)? extends (\\w+)");

  /** A row of a fault: its name, seconds, and the test between back-quotes. */
  private static final Pattern FINDER =
      Pattern.compile("(?m)^\\| [a-z]+-\\d-[a-z0-9-]+ \\|[^|]*\\|[^`|]*`([^`]+)` \\|$");

  @Test
  void every_class_of_which_a_short_run_leaves_something_out_has_its_turn() throws IOException {
    Set<String> listed = new TreeSet<>();
    Set<String> divided = new TreeSet<>();
    for (String line : Files.readAllLines(BuildOutput.root().resolve("build/verify/full.tsv"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        assertThat(Integer.parseInt(fields[0])).as(line).isBetween(1, MOST_SECONDS);
        listed.add(fields[1].replaceFirst("\\$.*", ""));
        if (fields.length > 2) {
          assertThat(Integer.parseInt(fields[2])).as(line).isBetween(2, 99);
          divided.add(fields[1]);
        }
      }
    }
    // Not a class: the tests inside the server on H2.
    assertThat(listed.remove("container-h2")).isTrue();
    assertThat(listed).isEqualTo(cut());
    assertThat(divided).isEqualTo(names("(Test|IT)", PARTS));
  }

  /** The table of docs/testing.md says of each planted fault which test of each run finds it. */
  @Test
  void who_finds_a_planted_fault_runs_each_time() throws IOException {
    String table =
        Files.readString(BuildOutput.root().resolve("docs/testing.md"))
            .replaceFirst("(?s).*\n## The thirty faults\n", "")
            .replaceFirst("(?s)\n## .*", "");
    List<String> finders = FINDER.matcher(table).results().map(found -> found.group(1)).toList();
    assertThat(finders).hasSize(30);
    Map<String, String> tests = sources("(Test|IT)");
    Map<String, String> all = sources("");
    for (String finder : finders) {
      String method = finder.replaceFirst(".*\\.", "");
      String type = finder.contains(".") ? finder.replaceFirst("\\..*", "") : "";
      List<String> sources =
          tests.entrySet().stream()
              .filter(one -> type.isEmpty() || one.getKey().equals(type))
              .map(Map.Entry::getValue)
              .filter(source -> source.contains("  void " + method + "("))
              .toList();
      assertThat(sources).as(finder).isNotEmpty();
      assertThat(sources)
          .as(finder)
          .noneMatch(source -> isSometimes(source, method) && !WITH_MORE_BY_TURN.contains(method));
      assertThat(sources).as(finder).noneMatch(source -> isMarked(source, all));
    }
  }

  /** Each kind of mark is seen, so that none of the finders is passed over. */
  @Test
  void marks_are_found_wherever_they_stand() {
    String plain = "\nclass ATest extends Parent {\n\n  @Test\n  void here() {\n    x();\n  }\n";
    String third = plain + "\n  void there() {\n    scope.takesThirdOf(ATest.class);\n  }\n";
    assertThat(isSometimes(third, "here")).isFalse();
    assertThat(isSometimes(third, "there")).isTrue();
    assertThat(isSometimes(plain.replace("@Test", "@EveryThirdRun"), "here")).isTrue();
    assertThat(isSometimes(plain.replace("@Test", "@EachDatabase(everyThirdRun = true)"), "here"))
        .isTrue();
    String marked = "\n@FullRunOnly\nabstract class Parent {}\n";
    assertThat(isMarked(plain, Map.of("Parent", marked))).isTrue();
    assertThat(isMarked(plain, Map.of("Parent", "\nabstract class Parent {}\n"))).isFalse();
    assertThat(isMarked(plain, Map.of("Parent", plain.replace("extends Parent", "")))).isFalse();
    assertThat(isMarked(marked, Map.of())).isTrue();
  }

  private static boolean isSometimes(String source, String method) {
    int at = source.indexOf("  void " + method + "(");
    String before = source.substring(0, at);
    String indent = before.substring(before.lastIndexOf('\n')) + "  ";
    String own = source.substring(before.lastIndexOf("\n\n"), source.indexOf(indent + "}\n", at));
    return METHOD_SOMETIMES.matcher(own).find();
  }

  /** Whether the class, or one that it extends, has a mark. */
  private static boolean isMarked(String source, Map<String, String> all) {
    if (Pattern.compile("(?m)^" + SOMETIMES).matcher(source).find()) {
      return true;
    }
    Matcher parent = PARENT.matcher(source);
    return parent.find() && isMarked(all.getOrDefault(parent.group(1), ""), all);
  }

  private static Set<String> cut() throws IOException {
    Set<String> contracts = names("Contract", LESS);
    boolean more = true;
    while (more) {
      // Between a contract and its tests.
      more = contracts.addAll(names("Base", extending(contracts)));
    }
    Set<String> all = names("(Test|IT)", LESS);
    all.addAll(names("(Test|IT)", extending(contracts)));
    return all;
  }

  private static Pattern extending(Set<String> types) {
    return Pattern.compile("extends (" + String.join("|", types) + ")\\b");
  }

  /** Classes of tests whose names end so and whose source has this. */
  private static Set<String> names(String ending, Pattern source) throws IOException {
    return sources(ending).entrySet().stream()
        .filter(one -> source.matcher(one.getValue()).find())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The sources of classes of tests whose names end so. */
  private static Map<String, String> sources(String ending) throws IOException {
    Pattern place = Pattern.compile(".*/src/test/java/.*" + ending + "\\.java");
    try (Stream<Path> files = Files.walk(BuildOutput.root())) {
      return files
          .filter(file -> place.matcher(file.toString()).matches())
          .filter(file -> !file.startsWith(BuildOutput.root().resolve("testing")))
          // The demo backs up a copy of these files.
          .filter(file -> !file.startsWith(BuildOutput.root().resolve(".hikae")))
          .filter(file -> !file.equals(own()))
          .collect(
              Collectors.toMap(
                  file -> String.valueOf(file.getFileName()).replace(".java", ""),
                  RotationOfTestsTest::text,
                  String::concat,
                  TreeMap::new));
    }
  }

  private static Path own() {
    return BuildOutput.root()
        .resolve("it/src/test/java/org/hikae/it/tidy/RotationOfTestsTest.java");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
