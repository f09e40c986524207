package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./verify --mutants} judges, and that its list of packages follows the code. */
class MutantsTest {

  private static final String KILLED =
      "org.hikae.A\tfirst\tnegated conditional\tif (a) {\t7\tKILLED";
  private static final String SURVIVING =
      "org.hikae.A$B\tsecond\tnegated conditional\tif (b || c) {\t9\tSURVIVED";
  private static final String UNREACHED =
      "org.hikae.A\tthird\treplaced boolean return with true\treturn d;\t11\tNO_COVERAGE";

  private static final String WHY_SECOND =
      "org.hikae.A$B\tsecond\tnegated conditional\tif (b || c) {\tboth are the same";
  private static final String WHY_THIRD = "org.hikae.A\tthird\t*\t*\tneeds the server";

  @TempDir private static Path tool;

  /** What it said, and what it ended with. */
  private record Judgement(int code, String said) {}

  @BeforeAll
  static void compile() throws IOException {
    List<String> words = new ArrayList<>(List.of("-d", tool.toString()));
    try (Stream<Path> files = Files.list(folder())) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(words::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, words.toArray(String[]::new)))
        .isZero();
  }

  @Test
  void what_no_test_notices_is_a_fault(@TempDir Path temp) throws Exception {
    Judgement judgement = judge(temp, List.of(KILLED, SURVIVING, UNREACHED), List.of());

    assertThat(judgement.code()).isEqualTo(1);
    assertThat(judgement.said())
        .contains("org.hikae.A$B:9 second: negated conditional")
        .contains("org.hikae.A:11 third: replaced boolean return with true (no test comes here)")
        .contains("1 mutants noticed, 0 explained, 2 neither");
  }

  @Test
  void what_the_list_explains_is_none(@TempDir Path temp) throws Exception {
    Judgement judgement =
        judge(
            temp,
            List.of(KILLED, SURVIVING, UNREACHED, UNREACHED),
            List.of("# why", WHY_SECOND, WHY_THIRD));

    assertThat(judgement.said()).isEqualTo("1 mutants noticed, 3 explained, 0 neither");
    assertThat(judgement.code()).isZero();
  }

  @Test
  void a_line_without_a_star_explains_one_mutant_only(@TempDir Path temp) throws Exception {
    Judgement judgement = judge(temp, List.of(SURVIVING, SURVIVING), List.of(WHY_SECOND));

    assertThat(judgement.said()).endsWith("0 mutants noticed, 1 explained, 1 neither");
    assertThat(judgement.code()).isEqualTo(1);
  }

  @Test
  void a_line_that_explains_nothing_is_a_fault(@TempDir Path temp) throws Exception {
    Judgement judgement = judge(temp, List.of(KILLED), List.of(WHY_THIRD));

    assertThat(judgement.said()).contains("explains nothing: " + WHY_THIRD);
    assertThat(judgement.code()).isEqualTo(1);
  }

  @Test
  void an_explanation_says_why(@TempDir Path temp) throws Exception {
    String silent = WHY_THIRD.replace("needs the server", " ");

    assertThat(judge(temp, List.of(UNREACHED), List.of(silent)).code()).isEqualTo(2);
  }

  @Test
  void a_class_is_due_when_it_is_new_or_another_one_than_was_tried(@TempDir Path temp)
      throws Exception {
    Path own = Files.createDirectories(temp.resolve("build/mutants"));
    Path sources = Files.createDirectories(temp.resolve("m/src/main/java/org/hikae"));
    Files.writeString(own.resolve("packages.tsv"), "m\tm\torg.hikae.*\tm\torg.hikae.*Test\t-\n");
    Files.writeString(own.resolve("explained.tsv"), "");
    for (String type : List.of("Same", "Changed", "Open", "New")) {
      Files.writeString(sources.resolve(type + ".java"), type);
    }
    Files.write(
        own.resolve("seen.tsv"),
        List.of(
            "# seen",
            "org.hikae.Same\t" + digest("Same"),
            "org.hikae.Changed\t" + digest("before"),
            "org.hikae.Open\t-"));

    Judgement due = run(temp, "due", "state");

    assertThat(due.said().lines()).containsExactly("org.hikae.Changed", "org.hikae.New");
    assertThat(due.code()).isZero();
  }

  @Test
  void what_was_tried_here_and_left_nothing_to_say_is_not_due(@TempDir Path temp) throws Exception {
    Path own = Files.createDirectories(temp.resolve("build/mutants"));
    Path sources = Files.createDirectories(temp.resolve("m/src/main/java/org/hikae"));
    Path results = Files.createDirectories(temp.resolve("state/results"));
    Files.writeString(own.resolve("packages.tsv"), "m\tm\torg.hikae.*\tm\torg.hikae.*Test\t-\n");
    Files.writeString(own.resolve("explained.tsv"), "");
    Files.writeString(own.resolve("seen.tsv"), "");
    for (String type : List.of("Killed", "Surviving")) {
      Files.writeString(sources.resolve(type + ".java"), type);
      Files.writeString(
          results.resolve("org.hikae." + type + ".tsv"),
          digest(type) + "\norg.hikae." + type + "\tm\tx\ty\t7\t" + status(type) + "\n");
    }

    assertThat(run(temp, "due", "state").said()).isEqualTo("org.hikae.Surviving");
  }

  private static String status(String type) {
    return type.equals("Killed") ? "KILLED" : "SURVIVED";
  }

  private static String digest(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void every_explanation_is_about_a_line_that_is_there() throws IOException {
    for (String line : Files.readAllLines(folder().resolve("explained.tsv"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        String source = source(fields[0].replaceFirst("\\$.*", ""));
        assertThat(fields[3].equals("*") || source.contains(fields[3])).as(line).isTrue();
      }
    }
  }

  @Test
  void each_class_that_was_seen_is_one_of_the_list() throws IOException {
    for (String line : Files.readAllLines(folder().resolve("seen.tsv"))) {
      if (!line.startsWith("#")) {
        assertThat(line).matches("org\\.hikae\\.[\\w.]+\\t(-|[0-9a-f]{64})");
        assertThat(source(line.split("\t", -1)[0])).isNotEmpty();
      }
    }
  }

  /** The text of a class of the list. */
  private static String source(String type) throws IOException {
    for (String line : Files.readAllLines(folder().resolve("packages.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (!line.startsWith("#") && fits(fields[2], type)) {
        Path folder = BuildOutput.root().resolve(fields[1]).resolve("src/main/java");
        Path file = folder.resolve(type.replace('.', '/') + ".java");
        if (Files.exists(file)) {
          return Files.readString(file);
        }
      }
    }
    throw new AssertionError("no line of packages.tsv has " + type);
  }

  private static boolean fits(String patterns, String type) {
    return Stream.of(patterns.split(",", -1))
        .map(glob -> Pattern.compile(glob.replace(".", "\\.").replace("*", ".*")))
        .anyMatch(pattern -> pattern.matcher(type).matches());
  }

  @Test
  void every_pattern_of_the_list_fits_a_class() throws IOException {
    for (String line : Files.readAllLines(folder().resolve("packages.tsv"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        assertThat(fields).as(line).hasSize(6);
        Path tests = BuildOutput.root().resolve(fields[3]).resolve("src/test/java");
        assertThat(
                withoutClass(
                    BuildOutput.root().resolve(fields[1]).resolve("src/main/java"), fields[2]))
            .as(line)
            .isEmpty();
        assertThat(withoutClass(tests, fields[4])).as(line).isEmpty();
        if (!fields[5].equals("-")) {
          assertThat(withoutClass(tests, fields[5])).as(line).isEmpty();
        }
      }
    }
  }

  /** Those of the patterns that fit none. */
  private static List<String> withoutClass(Path folder, String patterns) throws IOException {
    List<String> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.replace(".java", "").replace('/', '.'))
          .forEach(types::add);
    }
    List<String> without = new ArrayList<>(List.of(patterns.split(",", -1)));
    without.removeIf(glob -> types.stream().anyMatch(type -> fits(glob, type)));
    return without;
  }

  private static Judgement judge(Path temp, List<String> mutants, List<String> list)
      throws Exception {
    Path file = Files.write(temp.resolve("mutants.tsv"), mutants);
    Path explained = Files.write(temp.resolve("explained.tsv"), list);
    return run(temp, "judge", file.toString(), explained.toString());
  }

  private static Judgement run(Path root, String... arguments) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                tool.toString(),
                "MutantsMain"));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words).directory(root.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Judgement(process.waitFor(), said.strip());
  }

  private static Path folder() {
    return BuildOutput.root().resolve("build/mutants");
  }
}
