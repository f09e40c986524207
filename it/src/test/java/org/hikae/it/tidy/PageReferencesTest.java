package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex.DeclaredType;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages name of the code is there: types, methods, packages, files, and tests. */
class PageReferencesTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

  /** A type, perhaps within others, and perhaps its method; words in capitals are settings. */
  private static final Pattern TYPE =
      Pattern.compile("[A-Z]\\w*?[a-z]\\w*(?:\\.[A-Za-z]\\w*)*(?:\\(\\))?");

  /** A package without its beginning, such as {@code device.backup.pack}. */
  private static final Pattern PACKAGE =
      Pattern.compile("(?:org\\.hikae|device|vault|crypto|admin)(?:\\.[a-z0-9]+)+");

  private static final Pattern PATH = Pattern.compile("[\\w.*-]+(?:/[\\w.*-]+)*/[\\w.*-]*");

  private static final Pattern TEST =
      Pattern.compile("[A-Z]\\w+(?:Test|IT|Contract|Benchmark|Scenario|Fixture)");

  /** What was true of a release, and what others call it. */
  private static final Set<String> NO_NAMES_OF_TODAY = Set.of("CHANGELOG.md", "terminology.md");

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/code-map.md", "CONTRIBUTING.md"})
  void what_a_page_on_the_code_names_is_there(String page) throws IOException {
    List<String> named = coded(BuildOutput.root().resolve(page));
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).filteredOn(one -> !isThere(one)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_test_that_a_page_names_is_there(Path page) throws IOException {
    assertThat(coded(page))
        .filteredOn(one -> TEST.matcher(one).matches())
        .filteredOn(one -> !isThere(one))
        .as(page.toString())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ReportDesk, false",
    "VaultRelay, true",
    "VaultRelay.message, true",
    "VaultRelay.unheardOf, false",
    "VaultRelay.parse(), true",
    "org.hikae.it.tidy, true",
    "vault.reporting, false",
    "docs/architecture.md, true",
    "docs/reports/, false",
    "it/src/test/java/org/hikae/it/tidy/*.java, true",
    "org.hikae.it, true",
    "HIKAE_URL, true",
    "CHANGELOG.md, true",
    "./verify --full, true"
  })
  void what_is_not_there_is_found(String name, boolean there) {
    assertThat(isThere(name)).isEqualTo(there);
  }

  static List<Path> pages() throws IOException {
    Path root = BuildOutput.root();
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/admin", "docs/spec")) {
      try (Stream<Path> files = Files.list(root.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !NO_NAMES_OF_TODAY.contains(String.valueOf(file.getFileName())))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  private static List<String> coded(Path page) throws IOException {
    return CODE.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static boolean isThere(String name) {
    if (TYPE.matcher(name).matches()) {
      return isDeclared(name.replace("()", ""));
    }
    if (PACKAGE.matcher(name).matches()) {
      String whole = name.startsWith("org.hikae") ? name : "org.hikae." + name;
      return SourceIndex.ofRepository().packages().stream()
          .anyMatch(one -> (one + ".").startsWith(whole + "."));
    }
    return !PATH.matcher(name).matches() || isFile(name);
  }

  private static boolean isDeclared(String name) {
    if (SourceIndex.ofRepository().find(name) != null) {
      return true;
    }
    int dot = name.lastIndexOf('.');
    DeclaredType type = dot < 0 ? null : SourceIndex.ofRepository().find(name.substring(0, dot));
    return type != null && type.declares(name.substring(dot + 1));
  }

  private static boolean isFile(String name) {
    Path root = BuildOutput.root();
    if (!name.contains("*")) {
      return Files.exists(root.resolve(name));
    }
    PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + name);
    try (Stream<Path> files = Files.list(root.resolve(name).getParent())) {
      return files.anyMatch(file -> pattern.matches(root.relativize(file)));
    } catch (IOException e) {
      return false;
    }
  }
}
