package org.hikae.spreadsheet.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the commas of a file for spreadsheets. */
class SpreadsheetCellTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\u0000=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "﹦1",
        "﹣1",
        "⁺1",
        "\u22121",
        " =1",
        "　＝1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff@x",
        "\u202e-1"
      })
  void nothing_is_calculated(String value) {
    assertThat(SpreadsheetCell.of(value)).isEqualTo("'" + value);
  }

  @Test
  void what_separates_is_quoted() {
    assertThat(SpreadsheetCell.of("\rx")).isEqualTo("\"'\rx\"");
    assertThat(SpreadsheetCell.of("\n=1")).isEqualTo("\"'\n=1\"");
    assertThat(SpreadsheetCell.of("a,b")).isEqualTo("\"a,b\"");
    assertThat(SpreadsheetCell.of("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(SpreadsheetCell.of("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void everything_else_stays_as_it_is() {
    assertThat(SpreadsheetCell.of("")).isEmpty();
    assertThat(SpreadsheetCell.of("佐藤 a=b")).isEqualTo("佐藤 a=b");
    assertThat(SpreadsheetCell.of(" ")).isEqualTo(" ");
    assertThat(SpreadsheetCell.of("ー長音")).isEqualTo("ー長音");
    assertThat(SpreadsheetCell.of("𠮷野")).isEqualTo("𠮷野");
  }
}
