package org.hikae.problem.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFormTest {

  private static final String ID = "0123456789abcdef".repeat(4);

  private static void assertNoPlace(String path, String method) {
    assertThatThrownBy(() -> RequestForm.requirePath(path, method))
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
    assertThatCode(() -> RequestForm.requirePath(path, "GET")).doesNotThrowAnyException();
  }

  @Test
  void knows_objects() {
    assertThatCode(() -> RequestForm.requirePath("/restic/r/data/" + ID, "POST"))
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

  private static MediaType weighted(String weight) {
    return new MediaType("text", "html", Map.of("q", weight));
  }

  @Test
  void a_weight_is_a_number() {
    for (String weight : List.of("0", "0.5", ".2", "0.333", "1", "1.000")) {
      assertThatCode(() -> RequestForm.requireWeight(weighted(weight))).doesNotThrowAnyException();
    }
    for (String weight : List.of("zz", "", "NaN", "1e9", "-1", "2", "\uff11")) {
      assertThatThrownBy(() -> RequestForm.requireWeight(weighted(weight)))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void restic_knows_no_options() {
    assertNoPlace("/restic/r/data/", "OPTIONS");
    assertNoPlace("/restic/r/config", "OPTIONS");
    assertThatCode(() -> RequestForm.requirePath("/v1/device", "OPTIONS"))
        .doesNotThrowAnyException();
  }
}
