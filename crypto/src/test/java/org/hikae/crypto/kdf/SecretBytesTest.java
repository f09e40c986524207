package org.hikae.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Field;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @Test
  void shows_nothing_in_text() {
    try (SecretBytes secret = SecretBytes.copyOf(CONTENT)) {
      assertThat(secret).hasToString("SecretBytes(REDACTED)").hasSameHashCodeAs(copy(4, 5, 6));
    }
  }

  @Test
  void is_independent_of_source_and_copies() {
    byte[] source = CONTENT.clone();
    try (SecretBytes secret = SecretBytes.copyOf(source)) {
      source[0] = 9;
      secret.expose()[1] = 9;
      secret.copy().close();
      assertThat(secret.expose()).isEqualTo(CONTENT);
      assertThat(secret.length()).isEqualTo(3);
    }
  }

  @Test
  void takes_the_source_away() {
    byte[] source = CONTENT.clone();
    try (SecretBytes secret = SecretBytes.take(source)) {
      assertThat(source).containsOnly(0);
      assertThat(secret.expose()).isEqualTo(CONTENT);
    }
  }

  @Test
  void draws_from_the_given_generator() {
    try (SecretBytes secret = SecretBytes.random(new ScriptedRandom(CONTENT), 3)) {
      assertThat(secret.expose()).isEqualTo(CONTENT);
    }
  }

  @Test
  void compares_by_content() {
    assertThat(copy(1, 2, 3)).isEqualTo(copy(1, 2, 3));
    assertThat(copy(1, 2, 3)).isNotEqualTo(copy(1, 2, 4)).isNotEqualTo(copy(1, 2));
    assertThat(copy(1, 2, 3)).isNotEqualTo(CONTENT);
  }

  @Test
  void refuses_every_use_after_close() {
    SecretBytes secret = SecretBytes.copyOf(CONTENT);
    secret.close();
    secret.close();
    assertThatIllegalStateException().isThrownBy(secret::expose);
    assertThatIllegalStateException().isThrownBy(secret::copy);
    assertThatIllegalStateException().isThrownBy(() -> secret.equals(copy(1, 2, 3)));
    assertThat(secret.length()).isEqualTo(3);
  }

  @Test
  void overwrites_the_content_on_close() throws ReflectiveOperationException {
    SecretBytes secret = SecretBytes.copyOf(CONTENT);
    Field bytes = SecretBytes.class.getDeclaredField("bytes");
    bytes.setAccessible(true);
    assertThat((byte[]) bytes.get(secret)).isEqualTo(CONTENT);
    secret.close();
    assertThat((byte[]) bytes.get(secret)).containsOnly(0);
  }

  private static SecretBytes copy(int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return SecretBytes.copyOf(bytes);
  }
}
