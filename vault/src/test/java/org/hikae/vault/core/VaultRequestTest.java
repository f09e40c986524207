package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Outer;
import org.hikae.vault.wire.VaultReply.Refused;
import org.hikae.vault.wire.VaultRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vault checks before it looks at a payload. */
@DisplayName("HK1-V-01 to V-04: card, channel, caller")
class VaultRequestTest extends VaultTestBase {

  private byte[] status() {
    return new VaultPayload.Status(device.fresh(16), 0).encode();
  }

  private static VaultRefusal inClear(byte[] answer) throws MalformedException {
    Outer outer = Outer.parse(answer);
    assertThat(outer.sealedReply()).isFalse();
    return refusal(VaultReply.parse(outer.body()));
  }

  private byte[] envelope(VaultMessageType type, long sequence, byte[] sealed) {
    return new VaultEnvelope(type, sequence, sealed).encode();
  }

  @Test
  @DisplayName("HK1-V-02: every bit of the sealed request counts")
  void a_flipped_bit_is_refused() throws MalformedException {
    byte[] sealed =
        device
            .seal(VaultMessageType.STATUS, device.request(VaultMessageType.STATUS, status()))
            .sealed();
    for (int bit = 0; bit < 8 * sealed.length; bit += 61) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(inClear(fixture.vault.answer(envelope(VaultMessageType.STATUS, 1, flipped))))
          .isEqualTo(VaultRefusal.MALFORMED);
    }
    for (int length = 0; length < sealed.length; length += 13) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThat(inClear(fixture.vault.answer(envelope(VaultMessageType.STATUS, 1, cut))))
          .isEqualTo(VaultRefusal.MALFORMED);
    }
  }

  @Test
  @DisplayName("HK1-V-02: bytes that are no envelope are refused in clear")
  void garbage_is_refused() throws MalformedException {
    assertThat(inClear(fixture.vault.answer(new byte[0]))).isEqualTo(VaultRefusal.MALFORMED);
    assertThat(inClear(fixture.vault.answer(device.fresh(200)))).isEqualTo(VaultRefusal.MALFORMED);
  }

  @Test
  @DisplayName("HK1-V-02: the portal cannot turn a request into one of another type")
  void the_type_is_bound() throws MalformedException {
    byte[] sealed =
        device
            .seal(VaultMessageType.STATUS, device.request(VaultMessageType.STATUS, status()))
            .sealed();

    assertThat(inClear(fixture.vault.answer(envelope(VaultMessageType.LOGIN_START, 1, sealed))))
        .isEqualTo(VaultRefusal.MALFORMED);
  }

  @Test
  @DisplayName("HK1-V-01: another card sequence is answered with UNKNOWN_CARD")
  void another_card_is_unknown() throws MalformedException {
    byte[] sealed =
        device
            .seal(VaultMessageType.STATUS, device.request(VaultMessageType.STATUS, status()))
            .sealed();

    assertThat(inClear(fixture.vault.answer(envelope(VaultMessageType.STATUS, 2, sealed))))
        .isEqualTo(VaultRefusal.UNKNOWN_CARD);
  }

  @Test
  @DisplayName("HK1-V-04: a reply opens only for its own request")
  void a_reply_belongs_to_one_request() throws Exception {
    ClientChannel.SealedRequest one =
        device.seal(VaultMessageType.STATUS, device.request(VaultMessageType.STATUS, status()));
    ClientChannel.SealedRequest other =
        device.seal(VaultMessageType.STATUS, device.request(VaultMessageType.STATUS, status()));
    byte[] reply =
        Outer.parse(fixture.vault.answer(envelope(VaultMessageType.STATUS, 1, one.sealed())))
            .body();

    assertThat(VaultAnswer.parse(one.openReply(reply)).reply()).isInstanceOf(VaultReply.Done.class);
    assertThatThrownBy(() -> other.openReply(reply)).isInstanceOf(CryptoException.class);
  }

  @Test
  @DisplayName("HK1-V-03: a plaintext that is no request is refused, sealed")
  void a_bad_plaintext_is_refused() {
    VaultRequest good = device.request(VaultMessageType.STATUS, status());
    VaultRequest shortSet =
        new VaultRequest(
            good.issuedAtSeconds(),
            good.token(),
            new byte[15],
            good.deviceKey(),
            good.lastHead(),
            good.payload(),
            good.signature());
    assertThat(refusal(device.deliver(VaultMessageType.STATUS, shortSet)))
        .isEqualTo(VaultRefusal.MALFORMED);
  }

  @Test
  @DisplayName("HK1-V-03: the device's signature covers every field")
  void a_wrong_device_signature_is_refused() {
    byte[] payload = status();
    VaultRequest good = device.request(VaultMessageType.STATUS, payload);
    byte[] flipped = good.signature();
    flipped[10] ^= 1;
    byte[] otherSet = good.setId();
    otherSet[0] ^= 1;
    byte[] otherKey = SigningKey.generate(fixture.random).publicKey().encode();
    VaultRequest[] forged = {
      with(good, good.issuedAtSeconds(), good.token(), good.setId(), payload, flipped),
      with(good, good.issuedAtSeconds() + 1, good.token(), good.setId(), payload, good.signature()),
      with(good, good.issuedAtSeconds(), "bob|0", good.setId(), payload, good.signature()),
      with(good, good.issuedAtSeconds(), good.token(), otherSet, payload, good.signature()),
      with(good, good.issuedAtSeconds(), good.token(), good.setId(), status(), good.signature()),
      new VaultRequest(
          good.issuedAtSeconds(),
          good.token(),
          good.setId(),
          otherKey,
          good.lastHead(),
          payload,
          good.signature()),
      device.request(VaultMessageType.LOGIN_START, payload),
    };
    for (VaultRequest request : forged) {
      assertThat(refusal(device.deliver(VaultMessageType.STATUS, request)))
          .isEqualTo(VaultRefusal.DEVICE_REFUSED);
    }
  }

  private static VaultRequest with(
      VaultRequest good, long at, String token, byte[] set, byte[] payload, byte[] signature) {
    return new VaultRequest(at, token, set, good.deviceKey(), good.lastHead(), payload, signature);
  }

  @Test
  @DisplayName("HK1-V-11: a device key that is no P-256 key is malformed")
  void a_bad_device_key_is_malformed() {
    VaultRequest good = device.request(VaultMessageType.STATUS, status());
    VaultRequest bad =
        new VaultRequest(
            good.issuedAtSeconds(),
            good.token(),
            good.setId(),
            new byte[91],
            good.lastHead(),
            good.payload(),
            good.signature());
    assertThat(refusal(device.deliver(VaultMessageType.STATUS, bad)))
        .isEqualTo(VaultRefusal.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"-301,false", "-299,true", "0,true", "300,true", "302,false"})
  @DisplayName("HK1-V-03: issuedAt may be five minutes off, not more")
  void a_wrong_device_clock_is_refused(long offset, boolean accepted) {
    long issuedAt = fixture.clock.instant().getEpochSecond() + offset;
    VaultReply reply = issuedAt(issuedAt);

    if (accepted) {
      assertThat(reply).isInstanceOf(VaultReply.Done.class);
    } else {
      assertThat(refusal(reply)).isEqualTo(VaultRefusal.DEVICE_REFUSED);
    }
  }

  @Test
  @DisplayName("HK1-V-03: a time beyond all calendars is refused like any other")
  void an_absurd_device_clock_is_refused() {
    assertThat(refusal(issuedAt(Long.MAX_VALUE))).isEqualTo(VaultRefusal.DEVICE_REFUSED);
  }

  private VaultReply issuedAt(long issuedAt) {
    return device.deliver(
        VaultMessageType.STATUS,
        device.request(VaultMessageType.STATUS, status(), fixture.tokenFor("alice"), issuedAt));
  }

  private VaultReply withToken(VaultMessageType type, byte[] payload, String token) {
    return device.deliver(
        type, device.request(type, payload, token, fixture.clock.instant().getEpochSecond()));
  }

  @Test
  @DisplayName("HK1-V-03: a refused token is TOKEN_REFUSED; keys that cannot be had, UNAVAILABLE")
  void tokens_are_checked_by_the_vault() {
    assertThat(refusal(withToken(VaultMessageType.STATUS, status(), VaultFixture.REFUSED_TOKEN)))
        .isEqualTo(VaultRefusal.TOKEN_REFUSED);
    assertThat(refusal(withToken(VaultMessageType.STATUS, status(), VaultFixture.OUTAGE_TOKEN)))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REG_INIT", "LOGIN_START", "ORDER"})
  @DisplayName("HK1-V-03: what may cost an attempt or a record needs a sign-in of ten minutes")
  void an_old_sign_in_must_be_renewed(String name) {
    VaultMessageType type = VaultMessageType.valueOf(name);
    byte[] message =
        switch (type) {
          case REG_INIT -> device.regInit(device.startRegistration("some password")).encode();
          case LOGIN_START ->
              new VaultPayload.LoginStart(
                      device.fresh(16),
                      device.fresh(32),
                      device.startLogin("some password").ke1().encode())
                  .encode();
          default ->
              new OwnerOrder(
                      OwnerOrder.Order.DELETE,
                      new byte[0],
                      Hash256.ZERO,
                      new byte[Hk1Constants.SIGNATURE_BYTES])
                  .encode();
        };
    long now = fixture.clock.instant().getEpochSecond();
    for (String authTime : new String[] {"", "" + (now - 601), "" + (now + 31)}) {
      assertThat(refusal(withToken(type, message, "alice|" + authTime)))
          .isEqualTo(VaultRefusal.REAUTHENTICATE);
    }
    for (long authTime : new long[] {now - 599, now + 30}) {
      assertThat(withToken(type, message, "alice|" + authTime))
          .isNotEqualTo(Refused.of(VaultRefusal.REAUTHENTICATE));
    }
  }

  @ParameterizedTest
  @EnumSource(VaultMessageType.class)
  @DisplayName("HK1-V-11: a payload that is none of its type is malformed")
  void a_foreign_payload_is_malformed(VaultMessageType type) {
    assertThat(refusal(device.send(type, new byte[3]))).isEqualTo(VaultRefusal.MALFORMED);
  }

  @Test
  @DisplayName("HK1-V-10: an employee without a record is told so, signed")
  void status_without_a_record() {
    StatusDone none = device.status();

    assertThat(none.record().credId()).isEqualTo(Hash256.ZERO);
    assertThat(none.record().setId()).isEqualTo(new byte[16]);
    assertThat(none.attempts().left()).isEqualTo(10);
    assertThat(none.attempts().lifetimeLeft()).isEqualTo(50);
    assertThat(none.receipts()).isEmpty();
    assertThat(none.series()).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-10: Status gives receipts page by page, oldest first")
  void status_is_bounded() {
    TestDevice.Registered registered = device.register("twelve characters");
    for (int login = 0; login < 16; login++) {
      device.login(registered.credId(), "twelve characters");
    }
    List<Receipt> first = device.status().receipts();
    List<Receipt> rest = device.status(first.getLast().entry().seq()).receipts();

    assertThat(first).hasSize(StatusDone.MAX_RECEIPTS);
    assertThat(rest).hasSize(4 + 2 * 16 - StatusDone.MAX_RECEIPTS);
    assertThat(rest.getFirst().entry().employeePrevious()).isEqualTo(first.getLast().entry().seq());
    first.forEach(receipt -> assertThat(device.isGenuine(receipt)).isTrue());
  }

  @Test
  @DisplayName("HK1-V-01: a device verifies root, signature and sequence of the card")
  void the_card_is_verified() throws Exception {
    VaultCard card = CardVerifier.verify(fixture.card, fixture.card.rootFingerprint(), 1);
    SigningKey otherRoot = SigningKey.generate(fixture.random);
    SignedCard foreign = VaultFixture.sign(card, otherRoot);
    SignedCard forged =
        new SignedCard(fixture.card.card(), fixture.card.rootKey(), foreign.signature());

    assertThat(card.rootName()).isEqualTo(SoftwareRoot.NAME);
    assertThatThrownBy(() -> CardVerifier.verify(foreign, fixture.card.rootFingerprint(), 1))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> CardVerifier.verify(forged, fixture.card.rootFingerprint(), 1))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> CardVerifier.verify(fixture.card, fixture.card.rootFingerprint(), 2))
        .isInstanceOf(CryptoException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("HK1-V-01: a vault does not start with a card of other keys")
  void a_card_of_other_keys_is_refused(int which) {
    VaultCard own = VaultFixture.cardOf(fixture.root, 1);
    VaultCard other = VaultFixture.cardOf(SoftwareRoot.generate(fixture.random), 1);
    VaultCard mixed =
        new VaultCard(
            1,
            VaultFixture.TENANT,
            which == 0 ? other.identityKey() : own.identityKey(),
            which == 1 ? other.channelKey() : own.channelKey(),
            which == 2 ? other.akeKey() : own.akeKey(),
            which == 3 ? "pkcs11" : own.rootName());

    SignedCard signed = VaultFixture.sign(mixed, SigningKey.generate(fixture.random));
    assertThatThrownBy(() -> fixture.restart(fixture.root, signed))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
