package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in Japanese have one word for each thing, as a table of the terminology says. */
class JapaneseTermsTest {

  private static final String HEADING = "| 言葉 |";

  /** What people have agreed to stays as it was; a later migration has the text of new portals. */
  private static final String AGREED_TO = "V005__Say_what_employees_agree_to.sql";

  /** One word, those that are not said for it, and longer words in which those may stand. */
  private record Term(String word, List<String> refused, List<String> allowed) {

    static Term of(String row) {
      String[] cells = row.split("\\|", -1);
      return new Term(cells[1].strip(), words(cells[3]), words(cells[4]));
    }

    private static List<String> words(String cell) {
      return Stream.of(cell.split("、")).map(String::strip).filter(w -> !w.isEmpty()).toList();
    }

    boolean isBrokenBy(String line) {
      String rest = line;
      for (String each : allowed) {
        rest = rest.replace(each, "");
      }
      return refused.stream().anyMatch(rest::contains);
    }
  }

  private static List<Term> terms() throws IOException {
    return Files.readString(BuildOutput.root().resolve("docs/terminology.md"))
        .lines()
        .dropWhile(line -> !line.startsWith(HEADING))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(Term::of)
        .toList();
  }

  private static List<String> faults(String text) throws IOException {
    List<Term> terms = terms();
    List<String> faults = new ArrayList<>();
    text.lines()
        .forEach(
            line ->
                terms.stream()
                    .filter(term -> term.isBrokenBy(line))
                    .forEach(term -> faults.add(term.word() + ": " + line)));
    return faults;
  }

  static List<Path> texts() throws IOException {
    try (Stream<Path> files = Files.walk(BuildOutput.root())) {
      return files
          .filter(file -> !file.toString().matches(".*/(target|\\.hikae|\\.git)/.*"))
          .filter(
              file ->
                  file.toString().endsWith("_ja.properties")
                      || file.toString().endsWith(".ja.md")
                      || file.endsWith("away.html")
                      || (file.toString().endsWith(".sql") && !file.endsWith(AGREED_TO)))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_text_says_the_chosen_words(Path text) throws IOException {
    assertThat(faults(Files.readString(text))).as(text.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "新しい端末を登録します。, デバイス",
    "金庫が応答しません。, 保管庫",
    "64 桁のキーを入力してください。, 鍵",
    "社員が自分で決めます。, 従業員",
    "部門のポリシー, 部署",
    "参加しました。, 利用",
    "サーバに接続できません。, サーバー"
  })
  void another_word_is_found(String planted, String word) throws IOException {
    assertThat(faults(planted)).containsExactly(word + ": " + planted);
  }

  @Test
  void longer_words_are_not() throws IOException {
    assertThat(faults("IT 部門のサーバーと、キーボードと、ブラウザーのクッキー")).isEmpty();
  }
}
