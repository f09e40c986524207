package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tracked text must not hold, whoever wrote it. */
class TrackedTextTest {

  private static final Set<String> SKIPPED_FOLDERS =
      Set.of("target", ".git", ".hikae", ".idea", ".vscode", ".settings", "node_modules");
  private static final Set<String> TEXT =
      Set.of(
          "java",
          "xml",
          "xhtml",
          "html",
          "css",
          "js",
          "json",
          "sql",
          "md",
          "properties",
          "cli",
          "sh",
          "py",
          "txt",
          "yaml",
          "yml",
          "config",
          "ftl",
          "");

  /** Words are put together here, so that this file does not find itself. */
  private static final Pattern OPEN_TASK =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b(?!.{0,20}(#|issue )\\d+)");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$})*-])/(work|root|Users|tmp/claude)/" + "[\\w.]");

  /** What a merge leaves that was not finished. */
  private static final Pattern MERGE_MARKER = Pattern.compile("(?m)^(<{7}|>{7}) ");

  /** A class that a script starts, or whose file it looks for. */
  private static final Pattern STARTED =
      Pattern.compile(
          "\\borg(?:\\.[a-z]\\w*)+\\.([A-Z]\\w+)"
              + "|-cp \"[^\" ]+\" ([A-Z]\\w+)"
              + "|\\b([A-Z]\\w+)\\.(?:java|class)\\b");

  private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9.-]+)");

  /**
   * Names without a dot, numbers, names of formats and standards, addresses of licences, and names
   * that can never exist.
   */
  private static final Pattern KNOWN_HOST =
      Pattern.compile(
          "[A-Za-z0-9-]+|[0-9.]+|(.+\\.)?example\\.(com|org|net)|.+\\.(example|test|invalid)"
              + "|maven\\.apache\\.org|www\\.apache\\.org|www\\.w3\\.org|jakarta\\.ee"
              + "|xmlns\\.jcp\\.org|www\\.rfc-editor\\.org|www\\.unicode\\.org|json-schema\\.org|spec\\.openapis\\.org|(www\\.)?jboss\\.(org|com)|schemas\\.openid\\.net");

  private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.+\\.sql");

  private static final String NPM_LOCK = "package-lock.json";
  private static final Pattern TIME_BUDGET = Pattern.compile("Time budget: \\d+ seconds[^.]*\\.");

  private static final List<Path> FILES = new ArrayList<>();

  @BeforeAll
  static void find_the_text() throws IOException {
    Files.walkFileTree(
        BuildOutput.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED_FOLDERS.contains(name(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && TEXT.contains(extension(file))) {
              FILES.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void the_search_sees_this_file() {
    assertThat(FILES).anyMatch(file -> name(file).equals("TrackedTextTest.java"));
  }

  @Test
  void every_open_task_names_its_issue() throws IOException {
    assertThat(matches(OPEN_TASK)).isEmpty();
  }

  @Test
  void no_path_of_one_machine() throws IOException {
    assertThat(matches(MACHINE_PATH)).isEmpty();
  }

  @Test
  void no_merge_is_left_unfinished() throws IOException {
    assertThat(matches(MERGE_MARKER)).isEmpty();
  }

  @Test
  void a_class_that_a_script_names_is_there() throws IOException {
    Set<String> types =
        SourceIndex.ofRepository().types().stream()
            .map(SourceIndex.DeclaredType::simpleName)
            .collect(Collectors.toSet());
    List<String> named = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Path file : FILES) {
      String text = Files.readString(file);
      if (!text.startsWith("#!") && !extension(file).equals("sh")) {
        continue;
      }
      Matcher matcher = STARTED.matcher(text);
      while (matcher.find()) {
        String name =
            Stream.of(1, 2, 3)
                .map(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        named.add(name);
        if (!types.contains(name)) {
          missing.add(where(file) + ": " + matcher.group());
        }
      }
    }
    assertThat(named).contains("CheckMain", "AgentMain", "SamplerMain", "EdgeBenchmark");
    assertThat(missing).isEmpty();
  }

  @Test
  void no_foreign_host() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : FILES) {
      Matcher matcher = HOST.matcher(Files.readString(file));
      while (matcher.find()) {
        if (!KNOWN_HOST.matcher(matcher.group(1).replaceFirst("\\.$", "")).matches()) {
          found.add(where(file) + ": " + matcher.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** npm itself installs what has no hash, and asks whatever address stands there. */
  @Test
  void every_lock_of_npm_has_hashes_and_no_addresses() throws IOException {
    List<Path> locks = FILES.stream().filter(file -> name(file).equals(NPM_LOCK)).toList();
    assertThat(locks).isNotEmpty();
    for (Path lock : locks) {
      JsonNode packages = new ObjectMapper().readTree(lock.toFile()).get("packages");
      for (var locked : packages.properties()) {
        // The one without a name is the folder itself.
        if (!locked.getKey().isEmpty()) {
          assertThat(locked.getValue().path("integrity").asText())
              .as(where(lock) + " " + locked.getKey())
              .startsWith("sha512-");
          assertThat(locked.getValue().has("resolved")).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void each_migration_has_a_number_of_its_own(String vendor) throws IOException {
    var byNumber = new TreeMap<Integer, List<String>>();
    Path resources = BuildOutput.root().resolve("persistence/src/main/resources/db");
    if (!Files.isDirectory(resources)) {
      return;
    }
    String other = vendor.equals("h2") ? "postgresql" : "h2";
    try (Stream<Path> files = Files.walk(resources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = MIGRATION.matcher(name(file));
        if (matcher.matches() && !name(file.getParent()).equals(other)) {
          byNumber
              .computeIfAbsent(Integer.valueOf(matcher.group(1)), number -> new ArrayList<>())
              .add(name(file));
        }
      }
    }
    assertThat(byNumber.values()).allMatch(names -> names.size() == 1);
  }

  @Test
  void every_suite_that_starts_servers_states_its_time_budget_once() throws IOException {
    List<String> silent = new ArrayList<>();
    int suites = 0;
    for (Path file : FILES) {
      if (name(file).endsWith("IT.java")) {
        suites++;
        if (!statesItsTimeBudgetOnce(Files.readString(file))) {
          silent.add(where(file));
        }
      }
    }
    assertThat(suites).isPositive();
    assertThat(silent).isEmpty();
  }

  @Test
  void a_time_budget_has_one_form() {
    String suite = "\nclass ThisIT {";
    String stated = "/** What it shows. Time\n * budget: 10 seconds beside its start. */";
    assertThat(statesItsTimeBudgetOnce(stated + suite)).isTrue();
    assertThat(statesItsTimeBudgetOnce("/** What it shows. */" + suite)).isFalse();
    assertThat(statesItsTimeBudgetOnce(stated + stated + suite)).isFalse();
    assertThat(statesItsTimeBudgetOnce(suite + stated)).isFalse();
    assertThat(statesItsTimeBudgetOnce("/** Time budget: a minute. */" + suite)).isFalse();
  }

  /** In the comment of the class, which the formatter may break anywhere. */
  private static boolean statesItsTimeBudgetOnce(String java) {
    String head = java.split("\nclass ", 2)[0].replaceAll("\\s+(\\* )?", " ");
    return TIME_BUDGET.matcher(head).results().count() == 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"// TO" + "DO later", "see /ro" + "ot/build", "/wo" + "rk/main"})
  void the_patterns_bite(String planted) {
    assertThat(OPEN_TASK.matcher(planted).find() || MACHINE_PATH.matcher(" " + planted).find())
        .isTrue();
  }

  private static List<String> matches(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : FILES) {
      int number = 0;
      for (String line : Files.readString(file).split("\n", -1)) {
        number++;
        if (pattern.matcher(line).find()) {
          found.add(where(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    return found;
  }

  private static String where(Path file) {
    return BuildOutput.root().relativize(file).toString();
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static String extension(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
