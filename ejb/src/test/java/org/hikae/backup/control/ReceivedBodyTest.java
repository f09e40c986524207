package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

class ReceivedBodyTest {

  private static final byte[] BYTES =
      "ciphertext, for all we know".repeat(50).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final Hash256 NAME = Hash256.sha256(BYTES);

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static ProblemCode refusal(InputStream body, long length, Hash256 name) {
    return catchThrowableOfType(Refusal.class, () -> ReceivedBody.read(body, length, name)).code();
  }

  @Test
  void takes_a_body_of_the_stated_length_and_name() {
    assertThat(ReceivedBody.read(in(BYTES), BYTES.length, NAME)).isEqualTo(BYTES);
    byte[] none = new byte[0];
    assertThat(ReceivedBody.read(in(none), 0, Hash256.sha256(none))).isEmpty();
  }

  @Test
  void refuses_every_cut() {
    for (int length = 0; length < BYTES.length; length++) {
      assertThat(refusal(in(Arrays.copyOf(BYTES, length)), BYTES.length, NAME))
          .isEqualTo(ProblemCode.TRUNCATED);
    }
  }

  @Test
  void refuses_more_than_was_stated_and_reads_one_byte_of_it_at_most() {
    InputStream body = in(BYTES);
    assertThat(refusal(body, 100, NAME)).isEqualTo(ProblemCode.MALFORMED);
    assertThat(((ByteArrayInputStream) body).available()).isEqualTo(BYTES.length - 101);
    byte[] zeros = new byte[2];
    assertThat(refusal(in(zeros), 1, Hash256.sha256(new byte[1]))).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void refuses_every_flipped_byte_and_another_name() {
    for (int at = 0; at < BYTES.length; at += 7) {
      byte[] flipped = BYTES.clone();
      flipped[at] ^= 1;
      assertThat(refusal(in(flipped), BYTES.length, NAME)).isEqualTo(ProblemCode.NAME_MISMATCH);
    }
    assertThat(refusal(in(BYTES), BYTES.length, Hash256.ZERO)).isEqualTo(ProblemCode.NAME_MISMATCH);
  }

  @Test
  void refuses_too_large_and_unstated_lengths_before_reading() {
    InputStream unread = new Failing(new IOException("must not be read"));
    assertThat(refusal(unread, Hk1Constants.MAX_OBJECT_BYTES + 1L, NAME))
        .isEqualTo(ProblemCode.TOO_LARGE);
    assertThat(refusal(unread, Long.MAX_VALUE, NAME)).isEqualTo(ProblemCode.TOO_LARGE);
    assertThat(refusal(unread, -1, NAME)).isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void a_body_may_be_as_long_as_the_limit() {
    assertThatCode(() -> ReceivedBody.requireLength(10, 10)).doesNotThrowAnyException();
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> ReceivedBody.requireLength(11, 10));
  }

  @Test
  void calls_a_lost_connection_truncated() {
    InputStream broken = new Failing(new IOException("connection reset"));
    assertThat(refusal(broken, 5, NAME)).isEqualTo(ProblemCode.TRUNCATED);
  }

  private static final class Failing extends InputStream {

    private final IOException failure;

    Failing(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw failure;
    }
  }
}
