package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

class WrapHeaderCheckTest {

  private static final byte[] SET = filled(16, 1);
  private static final byte[] WRAP_ID = filled(16, 2);
  private static final String WRAP = TextCodec.hex(WRAP_ID);

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] wrap(WrapMethod method, long generation) {
    byte[] head =
        new WrapHeader(
                method, SET, generation, WRAP_ID, filled(32, 3), new byte[method.paramsBytes()])
            .encode();
    return Arrays.copyOf(head, head.length + WrapHeader.BODY_BYTES);
  }

  private static PutWrap digits(byte[] wrap) {
    return new PutWrap(TextCodec.hex(SET), 1, WrapMethod.DIGIT_KEY, TextCodec.base64(wrap));
  }

  @Test
  void a_wrap_is_filed_under_what_its_head_says() {
    byte[] wrap = wrap(WrapMethod.DIGIT_KEY, 1);
    WrapHeaderCheck filing = WrapHeaderCheck.of(WRAP, digits(wrap));
    assertThat(filing.method()).isEqualTo(WrapMethod.DIGIT_KEY);
    assertThat(filing.generation()).isEqualTo(1);
    assertThat(filing.wrap()).isEqualTo(wrap);
    assertThat(filing.sameAs(wrap)).isTrue();
    assertThat(filing.sameAs(null)).isFalse();
    wrap[100] ^= 1;
    assertThat(filing.sameAs(wrap)).isFalse();
    wrap[100] ^= 1;
    wrap[0] ^= 1;
    assertThat(filing.sameAs(wrap)).isFalse();
  }

  @Test
  void a_wrap_of_the_password_has_no_bytes_at_the_portal() {
    WrapHeaderCheck filing =
        WrapHeaderCheck.of(
            WRAP, new PutWrap(TextCodec.hex(SET), 1, WrapMethod.PASSWORD_VAULT, null));
    assertThat(filing.wrap()).isNull();
    assertThat(filing.sameAs(null)).isTrue();
    String blob = TextCodec.base64(wrap(WrapMethod.PASSWORD_VAULT, 1));
    refused(WRAP, new PutWrap(TextCodec.hex(SET), 1, WrapMethod.PASSWORD_VAULT, blob));
  }

  @Test
  void whatever_the_head_says_differently_is_refused() {
    byte[] wrap = wrap(WrapMethod.DIGIT_KEY, 1);
    String blob = TextCodec.base64(wrap);
    refused(TextCodec.hex(filled(16, 9)), digits(wrap));
    refused(WRAP, new PutWrap(TextCodec.hex(filled(16, 9)), 1, WrapMethod.DIGIT_KEY, blob));
    refused(WRAP, new PutWrap(TextCodec.hex(SET), 2, WrapMethod.DIGIT_KEY, blob));
    refused(WRAP, digits(wrap(WrapMethod.PASSWORD_VAULT, 1)));
    refused(WRAP, digits(wrap(WrapMethod.DIGIT_KEY, 2)));
    refused(WRAP, new PutWrap(TextCodec.hex(SET), 1, WrapMethod.DIGIT_KEY, null));
  }

  @Test
  void hk1_k_14_a_chain_leads_one_generation_down_and_fits_the_set_it_leads_from() {
    byte[] head =
        new WrapHeader(WrapMethod.CHAIN, SET, 1, WRAP_ID, filled(32, 3), new byte[] {0, 0, 0, 2})
            .encode();
    byte[] wrap = Arrays.copyOf(head, head.length + WrapHeader.BODY_BYTES);
    PutWrap put = new PutWrap(TextCodec.hex(SET), 1, WrapMethod.CHAIN, TextCodec.base64(wrap));
    WrapHeaderCheck filing = WrapHeaderCheck.of(WRAP, put);
    assertThat(filing.fits(1, true)).isTrue();
    assertThat(filing.fits(1, false)).isFalse();
    assertThat(filing.fits(2, true)).isFalse();
    assertThat(filing.fits(3, true)).isFalse();
    wrap[81] = 3;
    refused(WRAP, new PutWrap(TextCodec.hex(SET), 1, WrapMethod.CHAIN, TextCodec.base64(wrap)));
  }

  @Test
  void hk1_k_14_a_protection_is_of_the_sets_generation_or_of_the_one_prepared() {
    byte[] wrap = wrap(WrapMethod.DIGIT_KEY, 2);
    WrapHeaderCheck filing =
        WrapHeaderCheck.of(
            WRAP, new PutWrap(TextCodec.hex(SET), 2, WrapMethod.DIGIT_KEY, TextCodec.base64(wrap)));
    assertThat(filing.fits(1, true)).isTrue();
    assertThat(filing.fits(1, false)).isFalse();
    assertThat(filing.fits(2, true)).isTrue();
    assertThat(filing.fits(2, false)).isTrue();
    assertThat(filing.fits(3, true)).isFalse();
  }

  @Test
  void every_cut_wrap_is_refused() {
    byte[] wrap = wrap(WrapMethod.DIGIT_KEY, 1);
    for (int length = 0; length < wrap.length; length++) {
      refused(WRAP, digits(Arrays.copyOf(wrap, length)));
    }
    refused(WRAP, digits(Arrays.copyOf(wrap, wrap.length + 1)));
  }

  private static void refused(String wrapId, PutWrap put) {
    assertThatThrownBy(() -> WrapHeaderCheck.of(wrapId, put)).isInstanceOf(Refusal.class);
  }

  /** HK1-K-14: a set can be rotated again and again, although chains are never revoked. */
  @Test
  void chains_of_earlier_generations_take_no_room() {
    assertThat(WrapHeaderCheck.counts(WrapMethod.CHAIN, 1, 2)).isFalse();
    assertThat(WrapHeaderCheck.counts(WrapMethod.CHAIN, 2, 2)).isTrue();
    assertThat(WrapHeaderCheck.counts(WrapMethod.DIGIT_KEY, 1, 2)).isTrue();
    assertThat(WrapHeaderCheck.counts(WrapMethod.PASSWORD_VAULT, 3, 2)).isTrue();
  }
}
