package org.hikae.crypto.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.flip;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.opaque.client.OpaqueClient;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.opaque.server.SplitOprfKey;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An attacker who relays, as the portal does, and changes what it relays. Keys are split as in the
 * vault.
 */
class OpaqueTamperingTest {

  private static final OpaqueContext CONTEXT = context("HK1|1|acme|vault", "set");
  private static final SecretBytes PASSWORD = SecretBytes.copyOf(ascii("password"));

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final DhKeyPair akeKey = DhKeyPair.generate(group, random);
  private final OpaqueServer server = new OpaqueServer(group, akeKey, random);
  private final AtomicInteger stretchings = new AtomicInteger();
  private final OpaqueClient client =
      new OpaqueClient(
          group,
          output -> {
            stretchings.incrementAndGet();
            return output.clone();
          },
          random);
  private final Scalar root = Scalar.random(random);
  private final OprfKey oprfKey =
      new SplitOprfKey(group, element -> group.multiply(element, root), Scalar.random(random));

  private RegistrationRecord record;
  private SecretBytes exportKey;

  @BeforeEach
  void register() throws CryptoException {
    try (ClientRegistration registration = client.startRegistration(PASSWORD)) {
      ClientRegistration.Result result =
          registration.finish(
              server.register(registration.request(), oprfKey), akeKey.publicKey(), CONTEXT);
      record = result.upload();
      exportKey = result.exportKey();
    }
  }

  @EveryThirdRun
  @Test
  void an_honest_login_succeeds_with_keys_split_as_in_the_vault() throws CryptoException {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      OpaqueServer.Answer answer = server.answer(login.ke1(), record, oprfKey, CONTEXT);
      ClientLogin.Result result = login.finish(answer.ke2(), CONTEXT);
      assertThat(answer.pending().finish(result.ke3())).isEqualTo(result.sessionKey());
      assertThat(result.exportKey()).isEqualTo(exportKey);
      assertThat(result.sessionKey()).isNotEqualTo(exportKey);
    }
  }

  @EveryThirdRun
  @Test
  void every_changed_byte_of_ke1_is_refused() {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      byte[] ke1 = login.ke1().encode();
      for (int i = 0; i < Ke1.BYTES; i++) {
        byte[] changed = flip(ke1, 8 * i + i % 8);
        assertRefused(
            () ->
                login.finish(
                    server.answer(Ke1.decode(changed), record, oprfKey, CONTEXT).ke2(), CONTEXT));
      }
    }
  }

  @EveryThirdRun
  @Test
  void every_changed_byte_of_ke2_is_refused() {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      byte[] ke2 = server.answer(login.ke1(), record, oprfKey, CONTEXT).ke2().encode();
      for (int i = 0; i < Ke2.BYTES; i++) {
        byte[] changed = flip(ke2, 8 * i + i % 8);
        assertRefused(() -> login.finish(Ke2.decode(changed), CONTEXT));
      }
    }
  }

  @EveryThirdRun
  @Test
  void every_changed_bit_of_ke3_is_refused() throws CryptoException {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      OpaqueServer.Answer answer = server.answer(login.ke1(), record, oprfKey, CONTEXT);
      byte[] ke3 = login.finish(answer.ke2(), CONTEXT).ke3().encode();
      for (int bit = 0; bit < 8 * Ke3.BYTES; bit++) {
        byte[] changed = flip(ke3, bit);
        assertRefused(() -> answer.pending().finish(Ke3.decode(changed)));
      }
    }
  }

  @EveryThirdRun
  @Test
  void every_changed_byte_of_a_stored_record_is_refused() {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      byte[] stored = record.encode();
      for (int i = 0; i < RegistrationRecord.BYTES; i++) {
        byte[] changed = flip(stored, 8 * i + i % 8);
        assertRefused(
            () -> {
              RegistrationRecord other = RegistrationRecord.decode(changed);
              login.finish(server.answer(login.ke1(), other, oprfKey, CONTEXT).ke2(), CONTEXT);
            });
      }
    }
  }

  @EveryThirdRun
  @Test
  void messages_of_another_login_are_refused() throws CryptoException {
    try (ClientLogin first = client.startLogin(PASSWORD);
        ClientLogin second = client.startLogin(PASSWORD)) {
      OpaqueServer.Answer toFirst = server.answer(first.ke1(), record, oprfKey, CONTEXT);
      OpaqueServer.Answer toSecond = server.answer(second.ke1(), record, oprfKey, CONTEXT);
      assertRefused(() -> first.finish(toSecond.ke2(), CONTEXT));
      Ke3 ke3 = first.finish(toFirst.ke2(), CONTEXT).ke3();
      assertRefused(() -> toSecond.pending().finish(ke3));
    }
  }

  @EveryThirdRun
  @Test
  void other_names_are_refused() {
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      for (OpaqueContext other :
          new OpaqueContext[] {
            context("HK1|1|acmf|vault", "set"),
            context("HK1|1|acme|vault", "seu"),
            new OpaqueContext(ascii("x"), ascii("HK1|1|acme|vault"), ascii("set"))
          }) {
        Ke2 made = server.answer(login.ke1(), record, oprfKey, other).ke2();
        assertRefused(() -> login.finish(made, CONTEXT));
        Ke2 read = server.answer(login.ke1(), record, oprfKey, CONTEXT).ke2();
        assertRefused(() -> login.finish(read, other));
      }
    }
  }

  @EveryThirdRun
  @Test
  void a_server_with_another_ake_or_oprf_key_is_refused() {
    OpaqueServer foreign = new OpaqueServer(group, DhKeyPair.generate(group, random), random);
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      assertRefused(
          () -> login.finish(foreign.answer(login.ke1(), record, oprfKey, CONTEXT).ke2(), CONTEXT));
      assertRefused(
          () ->
              login.finish(
                  server.answer(login.ke1(), record, Element::negate, CONTEXT).ke2(), CONTEXT));
    }
  }

  @Test
  void a_registration_answered_by_another_server_stops_before_the_password_is_used() {
    OpaqueServer foreign = new OpaqueServer(group, DhKeyPair.generate(group, random), random);
    int before = stretchings.get();
    try (ClientRegistration registration = client.startRegistration(PASSWORD)) {
      RegistrationResponse response = foreign.register(registration.request(), oprfKey);
      assertRefused(() -> registration.finish(response, akeKey.publicKey(), CONTEXT));
    }
    assertThat(stretchings).hasValue(before);
  }

  @EveryThirdRun
  @Test
  void a_wrong_password_and_an_altered_answer_read_the_same() {
    try (SecretBytes wrong = SecretBytes.copyOf(ascii("passwore"));
        ClientLogin wrongLogin = client.startLogin(wrong);
        ClientLogin login = client.startLogin(PASSWORD)) {
      Ke2 toWrong = server.answer(wrongLogin.ke1(), record, oprfKey, CONTEXT).ke2();
      Ke2 toRight = server.answer(login.ke1(), record, oprfKey, CONTEXT).ke2();
      byte[] altered = flip(toRight.encode(), 8 * Ke2.BYTES - 1);
      String sentence = "The password is wrong, or the answer of the vault was altered.";
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> wrongLogin.finish(toWrong, CONTEXT))
          .withMessage(sentence);
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> login.finish(Ke2.decode(altered), CONTEXT))
          .withMessage(sentence);
    }
  }

  @EveryThirdRun
  @Test
  void closed_states_hold_no_password() {
    ClientLogin login = client.startLogin(PASSWORD);
    Ke2 ke2 = server.answer(login.ke1(), record, oprfKey, CONTEXT).ke2();
    login.close();
    assertThatIllegalStateException().isThrownBy(() -> login.finish(ke2, CONTEXT));
    ClientRegistration registration = client.startRegistration(PASSWORD);
    RegistrationResponse response = server.register(registration.request(), oprfKey);
    registration.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> registration.finish(response, akeKey.publicKey(), CONTEXT));
    assertThat(PASSWORD.expose()).isEqualTo(ascii("password"));
  }

  @EveryThirdRun
  @Test
  void the_outage_of_a_token_passes_through() {
    IllegalStateException outage = new IllegalStateException("token");
    OprfKey broken =
        element -> {
          throw outage;
        };
    try (ClientLogin login = client.startLogin(PASSWORD)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> server.answer(login.ke1(), record, broken, CONTEXT))
          .isSameAs(outage);
    }
  }

  private static OpaqueContext context(String serverIdentity, String clientIdentity) {
    return new OpaqueContext(new byte[0], ascii(serverIdentity), ascii(clientIdentity));
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(CryptoException.class).isThrownBy(call);
  }
}
