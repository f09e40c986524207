package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

class BodyLimitFilterTest {

  private static BodyLimitFilter.Bounded bounded(int bytes) {
    return new BodyLimitFilter.Bounded(new ByteArrayInputStream(new byte[bytes]), 10);
  }

  @Test
  void a_body_of_exactly_the_limit_is_read() throws IOException {
    assertThat(bounded(10).readAllBytes()).hasSize(10);
  }

  @Test
  void one_byte_more_is_refused_with_the_limit() {
    assertThatThrownBy(() -> bounded(11).readAllBytes())
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.code()).isEqualTo(ProblemCode.TOO_LARGE);
              assertThat(r.maxBytes()).isEqualTo(10);
            });
  }

  @Test
  void a_body_that_breaks_off_is_no_error_of_ours() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("too slow");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("too slow");
          }
        };
    assertThatThrownBy(() -> new BodyLimitFilter.Bounded(broken, 10).readAllBytes())
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ProblemCode.TRUNCATED));
  }

  @Test
  void reading_byte_by_byte_or_skipping_does_not_get_around_it() {
    assertThatThrownBy(
            () -> {
              var in = bounded(11);
              while (in.read() >= 0) {}
            })
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> bounded(11).skipNBytes(11)).isInstanceOf(Refusal.class);
  }
}
