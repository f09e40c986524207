package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accept | */*",
        "accept | application/vnd.x.restic.rest.v2",
        "accept | text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "accept | text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "accept | text/plain ; version=0.0.4;charset=utf-8;q=0.75,  */*;q=1.000",
        "accept | text/plain;a=\"b, c;\\\"d\\\"\"",
        "accept-language | ja",
        "accept-language | en-US,en;q=0.5, zh-Hant-TW ; q=0.1,*;q=0",
        "content-type | application/json; charset=utf-8",
        "content-type | multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
        "x-other | <&>"
      })
  void what_clients_say_is_readable(String name, String value) {
    assertThat(AcceptHeaders.readable(name, value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "text!",
        "text/",
        "/html",
        "text/html;q=zz",
        "text/html;q=",
        "text/html;q=2",
        "text/html;q",
        "text/html;a=\"",
        "text/html;a=\"\u0007\"",
        "text/\u001b[31mhtml",
        "text/html\u0000",
        "text/html,",
        "\u65e5/\u672c",
        "text/html;\u00a0q=1"
      })
  void what_they_cannot_mean_is_not(String value) {
    assertThat(AcceptHeaders.readable("accept", value)).isFalse();
    assertThat(AcceptHeaders.readable("accept-language", value)).isFalse();
    assertThat(AcceptHeaders.readable("content-type", value)).isFalse();
  }

  @Test
  void what_is_too_long_is_not_read() {
    String one = "text/html;a=b,";
    assertThat(AcceptHeaders.readable("accept", one.repeat(70) + "text/html")).isTrue();
    assertThat(AcceptHeaders.readable("accept", one.repeat(72) + "text/html")).isFalse();
    assertThat(AcceptHeaders.readable("accept", "a/" + "b;".repeat(499))).isFalse();
  }
}
