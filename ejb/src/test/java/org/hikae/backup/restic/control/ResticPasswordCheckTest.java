package org.hikae.backup.restic.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

/** HK1-G-10: the form of what a device keeps with a repository. */
class ResticPasswordCheckTest {

  private static final String SET = "ab".repeat(16);

  private static String blob(int length) {
    byte[] wrap = new byte[length];
    System.arraycopy("HK1t".getBytes(StandardCharsets.US_ASCII), 0, wrap, 0, 4);
    wrap[5] = 1;
    return TextCodec.base64(wrap);
  }

  private static void assertRefused(PutResticPassword put) {
    assertThatThrownBy(() -> ResticPasswordCheck.wrap(put)).isInstanceOf(Refusal.class);
  }

  @Test
  void what_has_the_form_is_taken() {
    String blob = blob(ResticWrap.BYTES);
    assertThat(ResticPasswordCheck.wrap(new PutResticPassword(SET, 1, 1, blob)))
        .hasSize(ResticWrap.BYTES);
    assertThat(
            ResticPasswordCheck.wrap(
                new PutResticPassword(SET, 4294967295L, ResticWrap.MAX_KEPT, blob)))
        .hasSize(ResticWrap.BYTES);
  }

  @Test
  void everything_else_is_malformed() {
    String blob = blob(ResticWrap.BYTES);
    assertRefused(new PutResticPassword("AB".repeat(16), 1, 1, blob));
    assertRefused(new PutResticPassword(SET, 0, 1, blob));
    assertRefused(new PutResticPassword(SET, 4294967296L, 1, blob));
    assertRefused(new PutResticPassword(SET, 1, 0, blob));
    assertRefused(new PutResticPassword(SET, 1, ResticWrap.MAX_KEPT + 1, blob));
    assertRefused(new PutResticPassword(SET, 1, 1, blob(ResticWrap.BYTES - 1)));
    assertRefused(new PutResticPassword(SET, 1, 1, blob(ResticWrap.BYTES + 1)));
    assertRefused(new PutResticPassword(SET, 1, 1, "A" + blob.substring(1)));
    assertRefused(new PutResticPassword(SET, 1, 1, "!"));
  }
}
