package org.hikae.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.rollout.control.CsvParser.MalformedCsvException;
import org.hikae.rollout.control.CsvParser.Row;
import org.hikae.rollout.control.WaveListRows.NamedRow;
import org.hikae.rollout.view.WaveListFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4180 and what a list makes of it (HK1-W-10). */
class CsvParserTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Row> rows(String text) throws MalformedCsvException {
    return CsvParser.parse(bytes(text), 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b\r\nc,d\r\n", "a,b\nc,d", "\uFEFFa,b\nc,d\n\n", "\"a\",b\n\"c\",\"d\""})
  void the_same_rows_in_every_form(String text) throws MalformedCsvException {
    assertThat(rows(text))
        .containsExactly(new Row(1, List.of("a", "b")), new Row(2, List.of("c", "d")));
  }

  @Test
  void quotes_hold_commas_quotes_and_line_ends() throws MalformedCsvException {
    assertThat(rows("\"a,\"\"b\"\"\r\nc\",\nd,\"\"\n"))
        .containsExactly(new Row(1, List.of("a,\"b\"\r\nc", "")), new Row(3, List.of("d", "")));
  }

  @Test
  void japanese_names_stay_as_they_are() throws MalformedCsvException {
    assertThat(rows("山田,太郎").getFirst().fields()).containsExactly("山田", "太郎");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a\"b|Line 1 has a quote inside a field.",
        "\"a\"b|Line 1 goes on after a closing quote.",
        "\"a|The quote of line 1 is never closed."
      })
  void what_is_no_csv_is_told_with_its_line(String text, String message) {
    assertThatThrownBy(() -> rows(text))
        .isInstanceOf(MalformedCsvException.class)
        .hasMessage(message);
  }

  @Test
  void other_encodings_and_too_many_rows_are_refused() {
    assertThatThrownBy(() -> CsvParser.parse(new byte[] {'a', (byte) 0xE4}, 10))
        .hasMessage("The file is not UTF-8.");
    assertThatThrownBy(() -> CsvParser.parse(bytes("a\n".repeat(11)), 10))
        .hasMessage("The file has more than 10 rows.");
  }

  @Test
  void a_list_has_so_many_rows_below_its_header() throws MalformedCsvException {
    assertThat(WaveListRows.parse(bytes("username\na\nb\n"), null, 2).rows()).hasSize(2);
    assertThatThrownBy(() -> WaveListRows.parse(bytes("username\na\nb\nc\n"), null, 2))
        .hasMessageContaining("rows");
  }

  @Test
  void nobody_has_a_name_that_no_database_keeps() throws MalformedCsvException {
    assertThat(WaveListRows.parse(bytes("username\na\0b\n"), null, 2).rows())
        .containsExactly(new NamedRow(2, "a\0b", WaveListFault.UNKNOWN));
  }

  @Test
  void what_a_row_says_is_told_as_people_can_read_it() {
    assertThat(new NamedRow(2, "山田 <b>&amp;", null).shown()).isEqualTo("山田 <b>&amp;");
    assertThat(new NamedRow(2, "a\u202Eb\tc\0", null).shown())
        .isEqualTo("a\\u202Eb\\u0009c\\u0000");
  }

  @Test
  void only_the_beginning_of_a_long_row_is_told_and_no_half_of_a_character() {
    assertThat(new NamedRow(2, "x".repeat(61), null).shown()).isEqualTo("x".repeat(60) + "…");
    String clef = "𝄞";
    assertThat(new NamedRow(2, "x".repeat(59) + clef, null).shown())
        .isEqualTo("x".repeat(59) + "…");
    assertThat(new NamedRow(2, "x".repeat(58) + clef, null).shown())
        .isEqualTo("x".repeat(58) + clef);
  }

  @Test
  void every_cut_and_every_changed_byte_is_read_or_refused() {
    byte[] file = bytes("username,\"x\"\r\n\"ta\"\"ro\",1\n山,2\n");
    for (int at = 0; at < file.length; at++) {
      for (byte other : new byte[] {'"', ',', '\n', '\r', (byte) 0xFF}) {
        byte[] changed = file.clone();
        changed[at] = other;
        assertReadOrRefused(changed);
      }
      assertReadOrRefused(java.util.Arrays.copyOf(file, at));
    }
  }

  private static void assertReadOrRefused(byte[] file) {
    try {
      assertThat(CsvParser.parse(file, 10))
          .allSatisfy(row -> assertThat(row.fields()).isNotEmpty());
    } catch (MalformedCsvException e) {
      assertThat(e.getMessage()).matches("(The|Line) .*\\.");
    }
  }

  @Test
  void a_list_takes_the_column_that_names_people() throws MalformedCsvException {
    byte[] file = bytes("Department,E-Mail,Email ,username\nx,y, a@b ,taro\n");
    WaveListRows first = WaveListRows.parse(file, null, 10);
    assertThat(first.column()).isEqualTo("email");
    assertThat(first.rows()).containsExactly(new NamedRow(2, "a@b", null));
    assertThat(WaveListRows.parse(file, "username", 10).rows())
        .containsExactly(new NamedRow(2, "taro", null));
    assertThatThrownBy(() -> WaveListRows.parse(file, "subject", 10))
        .hasMessageContaining("the column subject");
    assertThatThrownBy(() -> WaveListRows.parse(bytes("name\ntaro\n"), null, 10))
        .hasMessageContaining("the column username, email, subject");
    assertThatThrownBy(() -> WaveListRows.parse(bytes(""), null, 10)).hasMessageContaining("empty");
  }

  @Test
  void rows_that_are_wrong_by_themselves_are_told() throws MalformedCsvException {
    byte[] file =
        bytes("username,x\n,1\nshort\n" + "a".repeat(256) + ",1\n" + "a".repeat(255) + ",1\n");
    assertThat(WaveListRows.parse(file, null, 10).rows())
        .extracting(NamedRow::line, NamedRow::fault)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, WaveListFault.EMPTY),
            org.assertj.core.groups.Tuple.tuple(3, WaveListFault.COLUMNS),
            org.assertj.core.groups.Tuple.tuple(4, WaveListFault.TOO_LONG),
            org.assertj.core.groups.Tuple.tuple(5, null));
  }
}
