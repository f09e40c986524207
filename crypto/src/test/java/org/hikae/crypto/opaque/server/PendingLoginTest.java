package org.hikae.crypto.opaque.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke3;
import org.junit.jupiter.api.Test;

class PendingLoginTest {

  private static final byte[] MAC = filled((byte) 1);
  private static final byte[] SESSION_KEY = filled((byte) 2);

  @Test
  void survives_sealing_and_opening_elsewhere() throws CryptoException {
    try (PendingLogin pending = pending();
        SecretBytes encoded = pending.encode();
        PendingLogin restored = PendingLogin.decode(encoded);
        SecretBytes key = restored.finish(Ke3.decode(MAC))) {
      assertThat(encoded.length()).isEqualTo(PendingLogin.BYTES);
      assertThat(key.expose()).isEqualTo(SESSION_KEY);
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> restored.finish(Ke3.decode(SESSION_KEY)));
    }
  }

  @Test
  void refuses_other_lengths() {
    for (int length : new int[] {0, 32, 63, 65}) {
      try (SecretBytes encoded = SecretBytes.copyOf(new byte[length])) {
        assertThatIllegalArgumentException().isThrownBy(() -> PendingLogin.decode(encoded));
      }
    }
  }

  @Test
  void cannot_be_finished_after_close() throws CryptoException {
    PendingLogin pending = pending();
    pending.close();
    Ke3 ke3 = Ke3.decode(MAC);
    assertThatIllegalStateException().isThrownBy(() -> pending.finish(ke3));
    Ke3 zeros = Ke3.decode(new byte[32]);
    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> pending.finish(zeros));
  }

  private static PendingLogin pending() {
    return new PendingLogin(MAC.clone(), SecretBytes.copyOf(SESSION_KEY));
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
