package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the guides, whatever they say. */
class GuidesTest {

  private static final Path DOCS = BuildOutput.root().resolve("docs");
  private static final Path IMAGES = DOCS.resolve("images");
  private static final Set<Integer> WIDTHS = Set.of(900, 1440);
  private static final long MOST_BYTES = 150_000;

  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern CELL_END = Pattern.compile("\\|");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

  @Test
  void every_link_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path guide : guides()) {
      Matcher link = LINK.matcher(text(guide));
      while (link.find()) {
        if (!link.group(1).startsWith("http") && !leads(guide, link.group(1), link.group(2))) {
          broken.add(BuildOutput.root().relativize(guide) + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Somebody enters all of them into one shell; what is for files of secrets stays there. */
  @Test
  void no_command_of_the_install_guide_closes_the_files_of_those_behind_it() throws IOException {
    assertThat(text(DOCS.resolve("install-guide.md"))).doesNotContainPattern("(?m)^umask");
  }

  @Test
  void pictures_are_small_and_each_is_shown() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Path guide : guides()) {
      Matcher link = LINK.matcher(text(guide));
      while (link.find()) {
        if (link.group(1).endsWith(".png")) {
          Path picture = guide.resolveSibling(link.group(1)).normalize();
          shown.add(DOCS.relativize(picture).toString());
        }
      }
    }
    List<Path> pictures;
    try (Stream<Path> files = Files.list(IMAGES)) {
      pictures = files.sorted().toList();
    }
    assertThat(pictures.stream().map(picture -> DOCS.relativize(picture).toString()))
        .containsExactlyElementsOf(shown);
    for (Path picture : pictures) {
      BufferedImage image = ImageIO.read(picture.toFile());
      assertThat(image.getWidth()).as(picture.toString()).isIn(WIDTHS);
      assertThat(Files.size(picture)).as(picture.toString()).isLessThan(MOST_BYTES);
    }
  }

  @Test
  void employees_are_told_the_same_in_both_languages() throws IOException {
    String english = text(DOCS.resolve("employee-guide.md"));
    String japanese = text(DOCS.resolve("employee-guide.ja.md"));
    assertThat(named(CODE, japanese)).isEqualTo(named(CODE, english));
    assertThat(HEADING.matcher(japanese).results().count())
        .isEqualTo(HEADING.matcher(english).results().count());
  }

  /** When a notice comes, how much it matters and who hears it has to be what staff read. */
  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void staff_read_of_each_notice_when_it_is_sent_and_to_whom(NoticeKind kind) throws IOException {
    List<List<String>> rows =
        text(DOCS.resolve("admin/notices.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> CELL_END.splitAsStream(line.substring(1)).map(String::strip).toList())
            .filter(cells -> named(CODE, cells.getFirst()).contains(kind.code()))
            .toList();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst()).hasSize(4);
    assertThat(rows.getFirst().get(1)).isEqualTo(kind.severity().name());
    assertThat(rows.getFirst().get(2)).isNotEmpty();
    assertThat(rows.getFirst().get(3)).isEqualTo(String.join(", ", kind.roles()));
  }

  private static boolean leads(Path guide, String file, @Nullable String anchor)
      throws IOException {
    Path target = file.isEmpty() ? guide : guide.resolveSibling(file).normalize();
    if (anchor == null || !target.toString().endsWith(".md")) {
      return Files.exists(target);
    }
    return Files.exists(target)
        && HEADING
            .matcher(text(target))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(anchor));
  }

  /** As the usual viewers of Markdown make it. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static Set<String> named(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> guides() throws IOException {
    List<Path> guides = new ArrayList<>();
    for (Path folder : List.of(BuildOutput.root(), DOCS, DOCS.resolve("admin"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(guides::add);
      }
    }
    return guides;
  }

  private static String text(Path guide) throws IOException {
    return BLOCK.matcher(Files.readString(guide)).replaceAll("");
  }
}
