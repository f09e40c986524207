package org.hikae.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.tidy.SourceIndex;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** The pages that show how the code is divided are made of the rules and of the packages. */
class ArchitecturePageTest {

  private static final String BEGINNING_OF_MAP =
      """
      # Map of the code

      Every package below `org.hikae` and what it is for; the heading is its module. Packages that only tests have
      stand at the end of a module. A test makes this page of the packages' own words, and
      [architecture.md](architecture.md) has the rules. What is not Java stands [below](#what-is-not-java).

      Packages called `vault` lie on both sides. Below [vault](#vault) they are the vault's own process. Below
      `persistence`, `ejb` and `web` they are the portal, its client. `vault.wire` is what both say.
      """;

  private static final String END_OF_MAP =
      """

      ## What is not Java

      | where | what |
      |---|---|
      | `persistence/src/main/resources/db/migration/` | migrations of the schema for both databases, and comments of tables and columns |
      | `persistence/src/main/resources/db/vendor/` | migrations in which H2 and PostgreSQL differ |
      | `ejb/src/main/resources/org/hikae/` | words of notices and of refusals |
      | `web/portal/src/main/webapp/` | pages; layout, fragments and `web.xml` are in its folder `WEB-INF` |
      | `web/portal/src/main/resources/org/hikae/portal/` | texts of pages, a bundle for each group of them |
      | `web/api/src/main/resources/META-INF/` | examples of the OpenAPI document |
      | `ear/src/cli/configure.cli` | sets the server up: data sources, TLS, handlers, limits |
      | `device/src/main/resources/org/hikae/device/cli/` | texts of the agent's commands, and the page of its window |
      | `admin/src/main/resources/org/hikae/admin/` | texts of `hikae-admin` |
      | `keycloak-realm/hikae-realm.json` | realm, clients and roles of Keycloak; beside it the theme of its pages |
      | `docs/spec/` | specification, with numbers and vectors that tests compare with the code |
      | `scripts/` | starts the parts, makes packages and certificates; `scripts/systemd/` has units of the services |
      | `build/` | programs behind `./check` and `./verify`, rules of the compiler, planted faults, mutants |
      """;

  @Test
  void the_page_draws_the_rules_that_hold() throws IOException {
    String page = Files.readString(BuildOutput.root().resolve("docs/architecture.md"));
    String drawn =
        drawn(
            page,
            Map.of(
                "modules", ArchitectureDiagram.modules(),
                "capabilities", ArchitectureDiagram.capabilities(),
                "leaves", ArchitectureDiagram.leaves()));
    assertMade("architecture.md", drawn);
  }

  @Test
  void the_map_of_the_code_has_every_package() throws IOException {
    StringBuilder map = new StringBuilder(BEGINNING_OF_MAP);
    List<String> folders =
        Stream.concat(
                Stream.of(ReactorModule.values()).map(ReactorModule::folder),
                Stream.of("testing", "it-container", "it"))
            .toList();
    for (String folder : folders) {
      map.append("\n## ").append(folder).append("\n\n| package | what |\n|---|---|\n");
      PackageText.ofModule(folder).stream().map(ArchitecturePageTest::row).forEach(map::append);
    }
    assertMade("code-map.md", map.append(END_OF_MAP).toString());
  }

  /** So that no package is missing because it says nothing. */
  @Test
  void every_package_says_what_it_is_for() {
    Set<String> silent = new TreeSet<>(SourceIndex.ofRepository().packages());
    PackageText.all().forEach(text -> silent.remove(text.name()));
    // Programs of the build have no package.
    assertThat(silent).containsExactly("");
  }

  private static String row(PackageText text) {
    String ofTests = text.isOfTests() && !text.name().startsWith("org.hikae.it") ? " (tests)" : "";
    return "| `" + text.shortName() + "`" + ofTests + " | " + text.firstSentence() + " |\n";
  }

  @Test
  void what_is_drawn_goes_where_the_page_wants_it() {
    String page = "A\n<!-- one -->\nold\n<!-- end -->\nB\n<!-- two -->\n<!-- end -->\n";
    assertThat(drawn(page, Map.of("one", "1\n", "two", "$2\n")))
        .isEqualTo("A\n<!-- one -->\n1\n<!-- end -->\nB\n<!-- two -->\n$2\n<!-- end -->\n");
  }

  private static String drawn(String page, Map<String, String> parts) {
    String drawn = page;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String begin = "<!-- " + part.getKey() + " -->\n";
      Matcher place = Pattern.compile("(?s)(" + begin + ").*?(<!-- end -->\n)").matcher(drawn);
      assertThat(place.find()).as(begin).isTrue();
      drawn = place.replaceFirst("$1" + Matcher.quoteReplacement(part.getValue()) + "$2");
    }
    return drawn;
  }

  private static void assertMade(String page, String text) throws IOException {
    Path made = BuildOutput.root().resolve("it/target").resolve(page);
    Files.createDirectories(made.getParent());
    Files.writeString(made, text);
    assertThat(BuildOutput.root().resolve("docs").resolve(page))
        .as("copy it/target/%s after a wanted change", page)
        .hasContent(text);
  }
}
