package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathEncodingFilterTest {

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/v1/a%20b", "/api/%E6%8E%A7%e3%81%88", "/api/%00", "/é"})
  void reads_escapes_of_utf_8(String path) {
    assertThat(PathEncodingFilter.readable(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%FF",
        "/api/%C0%80",
        "/api/%ED%A0%80",
        "/api/%E6%8Ex",
        "/%E6",
        "/%",
        "/%4",
        "/%4g"
      })
  void nothing_else(String path) {
    assertThat(PathEncodingFilter.readable(path)).isFalse();
  }
}
