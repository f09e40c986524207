package org.hikae.problem.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

  private static final String ID = "0a1b2c3d-0000-4000-8000-aabbccddeeff";

  private final RequestIds ids = new RequestIds(new CorrelationIds(new SecureRandom()));

  @ParameterizedTest
  @ValueSource(
      strings = {ID, "0A1B2C3D-0000-4000-8000-AABBCCDDEEFF", "0a1b2c3d000040008000aabbccddeeff"})
  void a_uuid_is_taken_with_and_without_dashes(String given) {
    assertThat(ids.of(given)).hasToString(ID);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "1", ID + "0", ID + "\n", "{" + ID + "}", "x0a1b2c3d"})
  void anything_else_is_not(String given) {
    UUID made = ids.of(given);
    assertThat(made.version()).isEqualTo(4);
    assertThat(made).doesNotHaveToString(ID);
  }

  @Test
  void two_requests_without_one_get_different_ones() {
    assertThat(ids.of(null)).isNotEqualTo(ids.of(null));
  }
}
