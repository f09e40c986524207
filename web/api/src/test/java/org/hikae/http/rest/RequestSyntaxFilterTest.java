package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSyntaxFilterTest {

  private static final String ID = "0123456789abcdef".repeat(4);

  private static void assertNoPlace(String path, String method) {
    assertThatThrownBy(() -> RequestSyntaxFilter.requirePath(path, method))
        .as("%s %s", method, path)
        .isInstanceOfSatisfying(
            Refusal.class,
            r ->
                org.assertj.core.api.Assertions.assertThat(r.code())
                    .isEqualTo(ProblemCode.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/restic/r",
        "/restic/r/",
        "/restic/r/config",
        "/restic/r/data/",
        "/restic/r/snapshots/",
        "/v1/my/storage",
        "/v1/admin/rollout/offers/a%3Bb"
      })
  void knows_the_places(String path) {
    assertThatCode(() -> RequestSyntaxFilter.requirePath(path, "GET")).doesNotThrowAnyException();
  }

  @Test
  void knows_objects() {
    assertThatCode(() -> RequestSyntaxFilter.requirePath("/restic/r/data/" + ID, "POST"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/restic/r/data",
        "/restic/r/config/",
        "/restic/r/data/x",
        "/restic/r/d%61ta/",
        "/restic/r//data/",
        "/restic/r/data;a=b/",
        "/restic/r;a=b/data/",
        "/restic/",
        "/v1/my;a=b/storage",
        "/v1/my/storage;",
      })
  void nothing_else_is_one(String path) {
    assertNoPlace(path, "GET");
  }

  @Test
  void an_object_has_one_address() {
    assertNoPlace("/restic/r/data/" + ID + "/", "GET");
    assertNoPlace("/restic/r/data/" + ID + ";a=b", "GET");
    assertNoPlace("/restic/r/data/" + ID + "0", "GET");
  }

  @Test
  void restic_knows_no_options() {
    assertNoPlace("/restic/r/data/", "OPTIONS");
    assertNoPlace("/restic/r/config", "OPTIONS");
    assertThatCode(() -> RequestSyntaxFilter.requirePath("/v1/device", "OPTIONS"))
        .doesNotThrowAnyException();
  }
}
