package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {

  @ParameterizedTest
  @CsvSource({"/,/", "//a///b/,/a/b", "/./a/./b/.,/a/b", "/a b,/a b"})
  void paths_have_one_form(String given, String form) {
    assertThat(RawPath.of(given)).hasToString(form);
    assertThat(RawPath.of(form)).isEqualTo(RawPath.of(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b", "/..", "/a/../b", "/a\u0000b"})
  void what_is_no_absolute_path_is_refused(String given) {
    assertThatThrownBy(() -> RawPath.of(given)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytes_that_are_no_text_are_shown_byte_by_byte() {
    assertThat(RawPath.display(HexFormat.of().parseHex("61ff0a"))).isEqualTo("a\\xff\\x0a");
    assertThat(RawPath.display("日本".getBytes(StandardCharsets.UTF_8))).isEqualTo("日本");
    assertThat(RawPath.display("日\n本\u202etxt\u2028".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("日\\x0a本\\xe2\\x80\\xaetxt\\xe2\\x80\\xa8");
  }

  @Test
  void the_order_is_that_of_names_and_not_of_whole_paths() {
    assertThat(RawPath.of("/a/z")).isLessThan(RawPath.of("/a b"));
    assertThat(RawPath.of("/a")).isLessThan(RawPath.of("/a/b"));
  }

  @Test
  void a_directory_contains_what_is_below_and_nothing_beside() {
    assertThat(RawPath.of("/a").contains(RawPath.of("/a/b"))).isTrue();
    assertThat(RawPath.of("/a").contains(RawPath.of("/a"))).isTrue();
    assertThat(RawPath.of("/a").contains(RawPath.of("/ab"))).isFalse();
    assertThat(RawPath.ROOT.contains(RawPath.of("/a"))).isTrue();
  }
}
