package org.hikae.ui.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'<!--<script>' | '\\x3C!--\\x3Cscript>'",
        "x('</ScRiPt>') | x('\\x3C/ScRiPt>')",
        "x('a<!-->') | x('a\\x3C!-->')",
        "x('<<script') | x('<\\x3Cscript')",
        "x('<sc' + 'ript>') | x('<sc' + 'ript>')"
      })
  void what_html_would_take_for_markup_is_escaped(String script, String written) {
    assertThat(ScriptText.of(script)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "if (a < b && a<!b) { c('<b>', '<', '\\x3C!--', '$1\\'); }", "日本語 <"})
  void everything_else_stays(String script) {
    assertThat(ScriptText.of(script)).isEqualTo(script);
  }
}
