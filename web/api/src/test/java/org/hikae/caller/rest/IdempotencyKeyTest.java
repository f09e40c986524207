package org.hikae.caller.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-R-06: what a key may look like, and when two requests are the same. */
class IdempotencyKeyTest {

  @Test
  void a_key_says_the_same_with_and_without_quotes() {
    assertThat(IdempotencyKey.parse(List.of("8e03978e-40d5"))).isEqualTo("8e03978e-40d5");
    assertThat(IdempotencyKey.parse(List.of(" \"8e03978e-40d5\" "))).isEqualTo("8e03978e-40d5");
    assertThat(IdempotencyKey.parse(List.of("\"a\\\"b\\\\c\""))).isEqualTo("a\"b\\c");
    assertThat(IdempotencyKey.parse(List.of("~".repeat(255)))).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"",
        "\"a",
        "a b",
        "\"a b\"",
        "\"a\";p=1",
        "\"a\" \"b\"",
        "\"a\\b\"",
        "é",
        "\"a\tb\""
      })
  void anything_else_is_malformed(String value) {
    assertMalformed(List.of(value));
  }

  @Test
  void so_is_a_key_that_is_too_long_or_comes_twice() {
    assertMalformed(List.of("a".repeat(256)));
    assertMalformed(List.of("a", "a"));
  }

  private static void assertMalformed(List<String> values) {
    assertThatThrownBy(() -> IdempotencyKey.parse(values))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.MALFORMED));
  }

  @Test
  void method_path_and_body_make_a_request() {
    String first = content("POST", "/api/x", "{}");
    assertThat(content("POST", "/api/x", "{}")).isEqualTo(first);
    assertThat(
            List.of(
                content("PUT", "/api/x", "{}"),
                content("POST", "/api/x?a=1", "{}"),
                content("POST", "/api/x", "{ }"),
                content("POST", "/api/x", "")))
        .doesNotHaveDuplicates()
        .doesNotContain(first);
  }

  private static String content(String method, String uri, String body) {
    return IdempotencyKey.content(method, uri, body.getBytes(StandardCharsets.UTF_8));
  }
}
