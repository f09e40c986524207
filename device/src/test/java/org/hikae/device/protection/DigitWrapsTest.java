package org.hikae.device.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.WrapSealer;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-K-04, HK1-K-20, HK1-K-22: which of the wraps that a portal serves counts for these digits.
 */
class DigitWrapsTest {

  private final SecureRandom random = new SecureRandom();
  private final byte[] setId = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  private final DigitKey digits = DigitKey.generate(random);

  @AfterEach
  void close() {
    digits.close();
  }

  private WrapView wrap(long generation, DigitKey under) throws Exception {
    return sealed(WrapMethod.DIGIT_KEY, generation, under);
  }

  private WrapView sealed(WrapMethod method) throws Exception {
    return sealed(method, 1, digits);
  }

  private WrapView sealed(WrapMethod method, long generation, DigitKey under) throws Exception {
    return sealed(setId, method, generation, under);
  }

  private WrapView sealed(byte[] ofSet, WrapMethod method, long generation, DigitKey under)
      throws Exception {
    try (BackupKey key = BackupKey.generate(ofSet, generation, random);
        SecretBytes secret = under.secret()) {
      byte[] wrap = WrapSealer.seal(key, method, new byte[method.paramsBytes()], secret, random);
      String wrapId = TextCodec.hex(WrapHeader.parse(wrap).wrapId());
      return view(wrapId, TextCodec.base64(wrap));
    }
  }

  private static WrapView view(String wrapId, @Nullable String blob) {
    return new WrapView(wrapId, WrapMethod.DIGIT_KEY, 1, "", Instant.EPOCH, blob);
  }

  @Test
  void the_highest_generation_counts_in_whatever_order_they_come() throws Exception {
    WrapView older = wrap(4, digits);
    WrapView newer = wrap(5, digits);
    for (List<WrapView> served : List.of(List.of(older, newer), List.of(newer, older))) {
      DigitKeyWraps.OpenedWrap opened = DigitKeyWraps.open(served, digits, header -> 0);
      assertThat(opened.key().generation()).isEqualTo(5);
      assertThat(opened.wrapId()).isEqualTo(newer.wrapId());
      opened.key().close();
    }
  }

  private static DigitKeyWraps.OpenedWrap open(List<WrapView> served, DigitKey digits)
      throws AgentException {
    return DigitKeyWraps.open(served, digits, header -> 0);
  }

  /** HK1-K-20: one of another set, or of a generation that is not, stands behind the right one. */
  @Test
  void one_that_does_not_fit_hides_none_that_does() throws Exception {
    WrapView right = wrap(1, digits);
    WrapView above = wrap(3, digits);
    WrapView foreign = sealed(new byte[16], WrapMethod.DIGIT_KEY, 9, digits);
    for (List<WrapView> served :
        List.of(List.of(right, above, foreign), List.of(foreign, above, right))) {
      try (BackupKey key = opened(served)) {
        assertThat(key.setId()).isEqualTo(setId);
        assertThat(key.generation()).isEqualTo(1);
      }
    }
    try (BackupKey key = opened(List.of(foreign, above))) {
      assertThat(key.generation()).isEqualTo(3);
    }
    try (BackupKey key = opened(List.of(right, wrap(2, digits)))) {
      assertThat(key.generation()).as("of a rotation that was not ended").isEqualTo(2);
    }
  }

  private BackupKey opened(List<WrapView> served) throws AgentException {
    return DigitKeyWraps.open(served, digits, header -> DigitKeyWraps.fit(header, setId, 1)).key();
  }

  @Test
  void one_that_cannot_be_read_hides_no_other() throws Exception {
    WrapView good = wrap(1, digits);
    DigitKeyWraps.OpenedWrap opened = open(List.of(view("00", "AAAA"), good), digits);
    assertThat(opened.wrapId()).isEqualTo(good.wrapId());
    opened.key().close();
  }

  /** HK1-K-22: what the portal says of a wrap hides none, and makes none of what is not one. */
  @Test
  void the_header_says_what_a_wrap_is() throws Exception {
    WrapView good = wrap(1, digits);
    WrapView hidden = said(good, WrapMethod.CHAIN, 99);
    WrapView chain = said(sealed(WrapMethod.CHAIN), WrapMethod.DIGIT_KEY, 1);
    WrapView unreadable = view("00", "AAAA");
    WrapView inTheVault = new WrapView("01", WrapMethod.PASSWORD_VAULT, 1, "", Instant.EPOCH, null);

    assertThat(DigitKeyWraps.ofDigits(List.of(hidden, chain, unreadable, inTheVault)))
        .containsExactly(hidden, unreadable);
    assertThat(KeyUnlock.available(List.of(hidden))).containsExactly(WrapMethod.DIGIT_KEY);
    assertThat(KeyUnlock.available(List.of(inTheVault, chain)))
        .containsExactly(WrapMethod.PASSWORD_VAULT);
    assertThat(KeyUnlock.available(List.of(wrap(9, digits))))
        .as("HK1-K-20: of another time than the set's, which is an alarm and may be all there is")
        .containsExactly(WrapMethod.DIGIT_KEY);
  }

  /** HK1-K-13, HK1-K-22. */
  @Test
  void a_link_to_the_key_before_is_one_by_its_header() throws Exception {
    WrapView chain = sealed(WrapMethod.CHAIN);
    assertThat(GenerationChain.isChainOf(said(chain, WrapMethod.DIGIT_KEY, 99), 1)).isTrue();
    assertThat(GenerationChain.isChainOf(chain, 2)).isFalse();
    assertThat(GenerationChain.isChainOf(said(wrap(1, digits), WrapMethod.CHAIN, 1), 1)).isFalse();
  }

  private static WrapView said(WrapView view, WrapMethod method, long generation) {
    return new WrapView(
        view.wrapId(), method, generation, view.deviceId(), view.createdAt(), view.blob());
  }

  @Test
  void what_opens_none_is_told_apart_from_what_cannot_be_read() throws Exception {
    try (DigitKey other = DigitKey.generate(random)) {
      List<WrapView> ofOthers = List.of(wrap(1, other));
      assertThatThrownBy(() -> open(ofOthers, digits))
          .isInstanceOfSatisfying(
              AgentException.class,
              e -> {
                assertThat(e.result()).isEqualTo(RunResult.LOCKED);
                // Digits whose check digits are right may be right.
                assertThat(Messages.in("en").get(e.key(), e.arguments()))
                    .contains("open nothing that the portal", "may also be right", "Keep them");
              });
    }
    for (WrapView unreadable : List.of(view("00", "AAAA"), view("00", "A=="), view("00", null))) {
      assertThatThrownBy(() -> open(List.of(unreadable), digits))
          .isInstanceOfSatisfying(
              AgentException.class, e -> assertThat(e.result()).isEqualTo(RunResult.CORRUPT));
    }
  }
}
