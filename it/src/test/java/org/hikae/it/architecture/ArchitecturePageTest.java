package org.hikae.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** The pages that show how the code is divided are made of the rules and of the packages. */
class ArchitecturePageTest {

  private static final String BEGINNING_OF_MAP =
      """
      # Map of the code

      Every package below `org.hikae` and what it is for; the heading is its module. A test makes this page of
      the packages' own words, and [architecture.md](architecture.md) has the rules.

      Packages called `vault` lie on both sides. Below [vault](#vault) they are the vault's own process. Below
      `persistence`, `ejb` and `web` they are the portal, its client. `vault.wire` is what both say.
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
      PackageText.ofModule(folder).stream()
          .map(text -> "| `" + text.shortName() + "` | " + text.firstSentence() + " |\n")
          .forEach(map::append);
    }
    assertMade("code-map.md", map.toString());
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
