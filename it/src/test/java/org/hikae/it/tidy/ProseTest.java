package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guides are for people in a hurry: short lines, short sentences, short cells. Blocks of code
 * and the targets of links do not count.
 */
class ProseTest {

  private static final int LONGEST_LINE = 120;
  private static final int LONGEST_CELL = 200;
  private static final int MOST_WORDS = 25;
  private static final String FIVE_WORDS = "one two three four five\n";

  /** For reviewers and for those who work on the code, who take their time. */
  private static final Set<String> NOT_IN_A_HURRY =
      Set.of("terminology.md", "testing.md", "threat-model.md");

  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern TARGET = Pattern.compile("]\\([^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern LIST_MARKER = Pattern.compile("^([-*]|\\d+\\.) ");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?][*)\"”]{0,3}) |(?<=。)");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

  @ParameterizedTest
  @MethodSource("pages")
  void a_page_is_quick_to_read(Path page) throws IOException {
    assertThat(slow(Files.readString(page))).as(page.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("slowTexts")
  void what_is_slow_to_read_is_found(String planted) {
    assertThat(slow(planted)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("quickTexts")
  void what_is_within_the_limits_is_not(String text) {
    assertThat(slow(text)).isEmpty();
  }

  static List<String> slowTexts() {
    return List.of(
        "x".repeat(LONGEST_LINE + 1),
        FIVE_WORDS.repeat(5) + "`a 26th in code`.",
        "A short one. " + FIVE_WORDS.repeat(5) + "more.",
        "- A short one.\n  " + FIVE_WORDS.repeat(5) + "more.",
        "A paragraph.\n| cell | " + "x".repeat(LONGEST_CELL + 1) + " |");
  }

  static List<String> quickTexts() {
    return List.of(
        "x".repeat(LONGEST_LINE),
        FIVE_WORDS.repeat(5).strip() + ". A short one.",
        ("- " + FIVE_WORDS).repeat(6),
        "```\n" + "x ".repeat(LONGEST_LINE) + "\n```",
        "[link](" + "x".repeat(LONGEST_LINE) + ")",
        "| " + "x".repeat(LONGEST_CELL) + " |");
  }

  static List<Path> pages() throws IOException {
    Path docs = BuildOutput.root().resolve("docs");
    List<Path> pages = new ArrayList<>();
    pages.add(BuildOutput.root().resolve("README.md"));
    pages.add(BuildOutput.root().resolve("CHANGELOG.md"));
    for (Path folder : List.of(docs, docs.resolve("admin"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !NOT_IN_A_HURRY.contains(docs.relativize(file).toString()))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  private static List<String> slow(String page) {
    List<String> slow = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    for (String line : CODE_BLOCK.matcher(page).replaceAll("\n").split("\n", -1)) {
      String shown = TARGET.matcher(line).replaceAll("]").strip();
      if (shown.startsWith("|")) {
        addLongSentences(block, slow);
        CELL_END
            .splitAsStream(shown)
            .filter(cell -> cell.strip().length() > LONGEST_CELL)
            .forEach(slow::add);
        continue;
      }
      if (shown.length() > LONGEST_LINE) {
        slow.add(shown);
      }
      if (shown.isEmpty() || shown.startsWith("#") || LIST_MARKER.matcher(shown).find()) {
        addLongSentences(block, slow);
      }
      if (!shown.startsWith("#")) {
        block.append(LIST_MARKER.matcher(shown).replaceFirst("")).append(' ');
      }
    }
    addLongSentences(block, slow);
    return slow;
  }

  private static void addLongSentences(StringBuilder block, List<String> slow) {
    String text = CODE.matcher(block).replaceAll("code").replaceAll(" +", " ");
    SENTENCE_END
        .splitAsStream(text)
        .filter(sentence -> sentence.strip().split(" ").length > MOST_WORDS)
        .forEach(slow::add);
    block.setLength(0);
  }
}
