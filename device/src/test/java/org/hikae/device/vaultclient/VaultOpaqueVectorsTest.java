package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.crypto.opaque.client.OpaqueClient;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.keys.WrapSealer;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.ScriptedRandom;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.junit.jupiter.api.Test;

/**
 * A whole run of OPAQUE in docs/spec/vectors/vault.json, made by vault.py beside it from the
 * specification alone (HK1-K-11, HK1-V-05 to HK1-V-09, HK1-V-28, HK1-V-29).
 */
@EveryThirdRun
class VaultOpaqueVectorsTest {

  private static final SpecVectors REGISTRATION = SpecVectors.of("vault.json").at("registration");
  private static final SpecVectors LOGIN = SpecVectors.of("vault.json").at("login");
  private static final SpecVectors DEVICE = SpecVectors.of("device.json");

  /** The same input is stretched once: each time takes 64 MiB and a good part of a second. */
  private static final Map<Hash256, byte[]> STRETCHED = new HashMap<>();

  private static final Ksf KSF =
      output ->
          STRETCHED
              .computeIfAbsent(
                  Hash256.sha256(output), each -> new Argon2idKsf().stretch(output.clone()))
              .clone();

  private final byte[] setId = DEVICE.bytes("setId");
  private final OpaqueContext context = VaultOpaqueFactory.context("acme", setId);

  private static OpaqueClient client(byte[]... random) {
    return new OpaqueClient(new P256Group(new SecureRandom()), KSF, new ScriptedRandom(random));
  }

  private SecretBytes input(String typed) throws Exception {
    return PasswordRules.opaqueInput(PasswordRules.normalise(typed), setId);
  }

  @Test
  void a_password_is_registered() throws Exception {
    SpecVectors of = REGISTRATION;
    SecretBytes input = input(of.text("typed"));
    assertThat(input.expose()).isEqualTo(of.bytes("input"));
    OpaqueClient client = client(of.bytes("blind"), of.bytes("envelopeNonce"));
    try (ClientRegistration run = client.startRegistration(input)) {
      assertThat(run.request().encode()).isEqualTo(of.bytes("request"));
      RegistrationResponse response = RegistrationResponse.decode(of.bytes("response"));
      Element ake = Element.decode(SpecVectors.of("vault.json").bytes("card", "akeKey", "public"));
      assertThatThrownBy(() -> run.finish(response, Element.generator(), context))
          .isInstanceOf(CryptoException.class);
      ClientRegistration.Result result = run.finish(response, ake, context);
      assertThat(result.upload().encode()).isEqualTo(of.bytes("upload"));
      assertThat(result.exportKey().expose()).isEqualTo(of.bytes("exportKey"));
    }
  }

  @Test
  void the_messages_of_a_registration() throws Exception {
    SpecVectors of = REGISTRATION;
    byte[] owner = of.bytes("owner", "public");
    assertThat(
            new VaultPayload.RegInit(of.bytes("idempotencyKey"), of.bytes("request"), owner)
                .encode())
        .isEqualTo(of.bytes("payloads", "regInit"));
    VaultPayload.RegInitDone done =
        VaultPayload.RegInitDone.parse(of.bytes("payloads", "regInitDone"));
    assertThat(done.credId()).isEqualTo(of.bytes("credId"));
    assertThat(done.registrationResponse()).isEqualTo(of.bytes("response"));
    assertThat(
            new VaultPayload.RegFinish(of.bytes("credId"), of.bytes("upload"), of.bytes("wrap"))
                .encode())
        .isEqualTo(of.bytes("payloads", "regFinish"));
    Receipt pending = Receipt.parse(of.bytes("pendingReceipt"));
    assertThat(pending.entry().event()).isEqualTo(VaultEvent.PENDING);
    assertThat(pending.entry().detail())
        .isEqualTo(of.hash("detail"))
        .isEqualTo(
            LedgerEntry.Detail.registration(
                Hash256.sha256(of.bytes("upload")), Hash256.sha256(of.bytes("wrap")), owner));
    VaultPayload.Expose expose = VaultPayload.Expose.parse(of.bytes("payloads", "expose"));
    Transcript signed = VaultPayload.Expose.transcript(of.bytes("credId"), pending);
    assertThat(signed.toBytes()).isEqualTo(of.bytes("exposeSigned"));
    VerifyingKey.decode(owner).verify(signed, expose.ownerSignature());
    try (BackupKey key = BackupKey.of(setId, DEVICE.number("generation"), DEVICE.secret("K"))) {
      assertThat(key.ownerKey(new SecureRandom()).publicKey().encode()).isEqualTo(owner);
    }
  }

  private ClientLogin login(String typed) throws Exception {
    return client(LOGIN.bytes("blind"), LOGIN.bytes("clientNonce"), LOGIN.bytes("clientShareSeed"))
        .startLogin(input(typed));
  }

  @Test
  void a_login_opens_the_wrap() throws Exception {
    SpecVectors of = LOGIN;
    try (ClientLogin run = login(REGISTRATION.text("typed"))) {
      assertThat(run.ke1().encode()).isEqualTo(of.bytes("ke1"));
      ClientLogin.Result result = run.finish(Ke2.decode(of.bytes("ke2")), context);
      assertThat(result.ke3().encode()).isEqualTo(of.bytes("ke3"));
      assertThat(result.sessionKey().expose()).isEqualTo(of.bytes("sessionKey"));
      assertThat(result.exportKey().expose()).isEqualTo(of.bytes("exportKey"));
      byte[] loginId = of.bytes("loginId");
      byte[] operation = VaultPayload.LoginFinish.macBytes(loginId, Operation.FETCH, new byte[0]);
      assertThat(operation).isEqualTo(of.bytes("operationSigned"));
      byte[] mac = HmacSha256.mac(result.sessionKey().expose(), operation);
      assertThat(mac).isEqualTo(of.bytes("mac"));
      assertThat(
              new VaultPayload.LoginFinish(
                      loginId, result.ke3().encode(), Operation.FETCH, new byte[0], mac)
                  .encode())
          .isEqualTo(of.bytes("payloads", "loginFinish"));
      VaultPayload.LoginFinishDone done =
          VaultPayload.LoginFinishDone.parse(of.bytes("payloads", "loginFinishDone"));
      assertThat(done.receipt().entry().event()).isEqualTo(VaultEvent.OPENED);
      assertThat(done.receipt().entry().detail())
          .isEqualTo(of.hash("detail"))
          .isEqualTo(LedgerEntry.Detail.login(loginId));
      assertThat(done.series()).hasSize(1);
      try (BackupKey opened = WrapSealer.open(done.passwordWrap(), result.exportKey())) {
        assertThat(opened.secret()).isEqualTo(DEVICE.secret("K"));
      }
      of.eachIsRefused(
          "bad", wrong -> run.finish(Ke2.decode(wrong), context), CryptoException.class);
    }
    try (ClientLogin wrong = login(of.text("wrongPassword", "typed"))) {
      Ke2 ke2 = Ke2.decode(of.bytes("wrongPassword", "ke2"));
      assertThatThrownBy(() -> wrong.finish(ke2, context)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void the_messages_of_a_login() throws Exception {
    SpecVectors of = LOGIN;
    byte[] start =
        new VaultPayload.LoginStart(
                of.bytes("loginId"), REGISTRATION.bytes("credId"), of.bytes("ke1"))
            .encode();
    assertThat(start).isEqualTo(of.bytes("payloads", "loginStart"));
    VaultPayload.LoginStartDone done =
        VaultPayload.LoginStartDone.parse(of.bytes("payloads", "loginStartDone"));
    assertThat(done.ke2()).isEqualTo(of.bytes("ke2"));
    assertThat(done.attemptsLeft()).isEqualTo(9);
    of.eachIsRefused("badFinish", VaultPayload.LoginFinish::parse, MalformedException.class);
  }
}
