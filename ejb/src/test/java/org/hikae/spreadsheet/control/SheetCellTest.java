package org.hikae.spreadsheet.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the commas of a file for spreadsheets. */
class SheetCellTest {

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
    assertThat(SheetCell.of(value)).isEqualTo("'" + value);
  }

  @Test
  void what_separates_is_quoted() {
    assertThat(SheetCell.of("\rx")).isEqualTo("\"'\rx\"");
    assertThat(SheetCell.of("\n=1")).isEqualTo("\"'\n=1\"");
    assertThat(SheetCell.of("a,b")).isEqualTo("\"a,b\"");
    assertThat(SheetCell.of("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    assertThat(SheetCell.of("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void everything_else_stays_as_it_is() {
    assertThat(SheetCell.of("")).isEmpty();
    assertThat(SheetCell.of("佐藤 a=b")).isEqualTo("佐藤 a=b");
    assertThat(SheetCell.of(" ")).isEqualTo(" ");
    assertThat(SheetCell.of("ー長音")).isEqualTo("ー長音");
    assertThat(SheetCell.of("𠮷野")).isEqualTo("𠮷野");
  }
}
