package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** HK1-R-14: each 401 says what it wants, and nothing else does. */
class AuthenticationChallengeTest {

  @ParameterizedTest
  @EnumSource
  void each_401_has_a_challenge_and_nothing_else_has(ProblemCode code) {
    assertThat(AuthenticationChallenge.of(code, "v1/device").isPresent())
        .isEqualTo(code.status() == 401);
  }

  @ParameterizedTest
  @CsvSource({
    "v1/enrollment, Bearer realm=\"Hikae\"",
    "'', Bearer realm=\"Hikae\"",
    "metrics, Monitoring realm=\"Hikae\"",
    "/metrics, Monitoring realm=\"Hikae\"",
    "metrics/x, Bearer realm=\"Hikae\"",
    "restic/abc/data/, 'Basic realm=\"Hikae\", charset=\"UTF-8\"'",
  })
  void who_has_not_signed_in_hears_how_to_do_it_there(String path, String challenge) {
    assertThat(AuthenticationChallenge.of(ProblemCode.UNAUTHENTICATED, path)).contains(challenge);
  }

  @Test
  void a_token_is_not_what_is_wrong_where_the_session_is_missing() {
    assertThat(AuthenticationChallenge.of(ProblemCode.DEVICE_SESSION_REQUIRED, "v1/device"))
        .contains("Hikae-Device-Session realm=\"Hikae\"");
  }

  @Test
  void a_new_sign_in_is_asked_for_as_in_rfc_9470() {
    assertThat(AuthenticationChallenge.of(ProblemCode.REAUTHENTICATE, "v1/my/wraps").orElse(""))
        .startsWith("Bearer error=\"insufficient_user_authentication\"")
        .endsWith("max_age=\"600\"");
  }
}
