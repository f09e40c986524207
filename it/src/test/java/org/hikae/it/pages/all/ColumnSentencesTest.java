package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * The Japanese of what the database's columns hold. That every column has an English sentence in
 * the repeatable migrations is tested on the databases themselves.
 */
class ColumnSentencesTest {

  private static final Path MIGRATIONS =
      BuildOutput.root().resolve("persistence/src/main/resources/db");
  private static final Path JAPANESE =
      BuildOutput.root()
          .resolve("web/portal/src/main/resources/org/hikae/portal/columns_ja.properties");
  private static final Pattern COMMENT =
      Pattern.compile("^comment on (?:table|column) ([a-z0-9_.]+) is '", Pattern.MULTILINE);

  @Test
  void each_sentence_of_the_database_has_its_japanese_and_none_is_left_over() throws IOException {
    Properties japanese = new Properties();
    try (Reader reader = Files.newBufferedReader(JAPANESE)) {
      japanese.load(reader);
    }
    Set<String> described = described();
    assertThat(described).contains("key_wrap", "key_wrap.wrapped_key", "ciphertext_page.bytes");
    assertThat(japanese.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(described);
    assertThat(japanese.values()).allMatch(text -> text.toString().endsWith("。"));
  }

  private static Set<String> described() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MIGRATIONS)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("R__")).toList()) {
        Matcher matcher = COMMENT.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found;
  }
}
