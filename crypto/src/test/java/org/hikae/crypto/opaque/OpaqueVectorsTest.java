package org.hikae.crypto.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.opaque.client.OpaqueClient;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.testing.RfcVectors;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The three P-256 vectors of RFC 9807, Appendix C: two real ones and the fake one, with the
 * identity as KSF.
 */
class OpaqueVectorsTest {

  private static final JsonNode FILE = RfcVectors.load("opaque-rfc9807-vectors.json");

  private final P256Group group = new P256Group(new SecureRandom());

  static Stream<JsonNode> p256(String fake) {
    return IntStream.range(0, FILE.size())
        .mapToObj(FILE::get)
        .filter(v -> v.get("config").get("Group").asText().startsWith("P256"))
        .filter(v -> v.get("config").get("Fake").asText().equals(fake));
  }

  static Stream<JsonNode> real() {
    return p256("False");
  }

  static Stream<JsonNode> fake() {
    return p256("True");
  }

  @Test
  void the_file_has_two_real_and_one_fake() {
    assertThat(real()).hasSize(2);
    assertThat(fake()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("real")
  void a_registration_gives_every_message(JsonNode vector) throws CryptoException {
    JsonNode in = vector.get("inputs");
    JsonNode out = vector.get("outputs");
    ScriptedRandom random =
        new ScriptedRandom(hex(in, "blind_registration"), hex(in, "envelope_nonce"));
    OpaqueClient client = new OpaqueClient(group, output -> output.clone(), random);
    try (SecretBytes password = SecretBytes.copyOf(hex(in, "password"));
        ClientRegistration registration = client.startRegistration(password)) {
      assertThat(registration.request().encode()).isEqualTo(hex(out, "registration_request"));

      RegistrationResponse response =
          server(in, new SecureRandom())
              .register(
                  RegistrationRequest.decode(registration.request().encode()), oprfKey(vector));
      assertThat(response.encode()).isEqualTo(hex(out, "registration_response"));

      ClientRegistration.Result result =
          registration.finish(
              RegistrationResponse.decode(response.encode()),
              Element.decode(hex(in, "server_public_key")),
              context(vector));
      assertThat(result.upload().encode()).isEqualTo(hex(out, "registration_upload"));
      assertThat(result.exportKey().expose()).isEqualTo(hex(out, "export_key"));
    }
    assertThat(random.isExhausted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("real")
  void a_login_gives_every_message_and_both_keys(JsonNode vector) throws CryptoException {
    JsonNode in = vector.get("inputs");
    JsonNode out = vector.get("outputs");
    try (SecretBytes password = SecretBytes.copyOf(hex(in, "password"));
        ClientLogin login = client(in).startLogin(password)) {
      assertThat(login.ke1().encode()).isEqualTo(hex(out, "KE1"));

      OpaqueServer.Answer answer = answer(vector, Ke1.decode(login.ke1().encode()));
      assertThat(hex(answer.ke2().encode())).isEqualTo(out.get("KE2").asText());

      ClientLogin.Result result = login.finish(Ke2.decode(answer.ke2().encode()), context(vector));
      assertThat(result.ke3().encode()).isEqualTo(hex(out, "KE3"));
      assertThat(result.sessionKey().expose()).isEqualTo(hex(out, "session_key"));
      assertThat(result.exportKey().expose()).isEqualTo(hex(out, "export_key"));
      assertThat(answer.pending().finish(Ke3.decode(result.ke3().encode())))
          .isEqualTo(result.sessionKey());
    }
  }

  @ParameterizedTest
  @MethodSource("real")
  void another_password_is_refused(JsonNode vector) throws CryptoException {
    JsonNode in = vector.get("inputs");
    byte[] wrong = Arrays.append(hex(in, "password"), (byte) '!');
    try (SecretBytes password = SecretBytes.copyOf(wrong);
        ClientLogin login = client(in).startLogin(password)) {
      Ke2 ke2 = answer(vector, login.ke1()).ke2();
      OpaqueContext context = context(vector);
      assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> login.finish(ke2, context));
    }
  }

  @ParameterizedTest
  @MethodSource("fake")
  void an_unknown_account_is_answered_with_a_fake_record(JsonNode vector) throws CryptoException {
    JsonNode in = vector.get("inputs");
    Element clientPublicKey = Element.decode(hex(in, "client_public_key"));
    assertThat(P256Group.multiplyBase(Scalar.decode(hex(in, "client_private_key"))))
        .isEqualTo(clientPublicKey);
    RegistrationRecord record = RegistrationRecord.fake(clientPublicKey, hex(in, "masking_key"));
    OpaqueServer.Answer answer =
        server(in, serverRandom(in))
            .answer(Ke1.decode(hex(in, "KE1")), record, oprfKey(vector), context(vector));
    assertThat(hex(answer.ke2().encode())).isEqualTo(vector.get("outputs").get("KE2").asText());
  }

  private OpaqueClient client(JsonNode in) {
    ScriptedRandom random =
        new ScriptedRandom(
            hex(in, "blind_login"), hex(in, "client_nonce"), hex(in, "client_keyshare_seed"));
    return new OpaqueClient(group, output -> output.clone(), random);
  }

  private OpaqueServer server(JsonNode in, SecureRandom random) throws CryptoException {
    DhKeyPair akeKey = new DhKeyPair(group, Scalar.decode(hex(in, "server_private_key")));
    assertThat(akeKey.publicKey().encode()).isEqualTo(hex(in, "server_public_key"));
    return new OpaqueServer(group, akeKey, random);
  }

  private static ScriptedRandom serverRandom(JsonNode in) {
    return new ScriptedRandom(
        hex(in, "masking_nonce"), hex(in, "server_nonce"), hex(in, "server_keyshare_seed"));
  }

  private OpaqueServer.Answer answer(JsonNode vector, Ke1 ke1) throws CryptoException {
    JsonNode in = vector.get("inputs");
    RegistrationRecord record =
        RegistrationRecord.decode(hex(vector.get("outputs"), "registration_upload"));
    return server(in, serverRandom(in)).answer(ke1, record, oprfKey(vector), context(vector));
  }

  /** RFC 9807's own derivation of the OPRF key; the vault has another, so this lives here. */
  private OprfKey oprfKey(JsonNode vector) {
    JsonNode in = vector.get("inputs");
    byte[] info = Arrays.concatenate(hex(in, "credential_identifier"), ascii("OprfKey"));
    Scalar key;
    try (SecretBytes seed = SecretBytes.take(Hkdf.expand(hex(in, "oprf_seed"), info, 32))) {
      key = P256Group.deriveScalar(seed, "OPAQUE-DeriveKeyPair");
    }
    return element -> group.multiply(element, key);
  }

  /** Absent identities are the public keys, as section 4 says. */
  private static OpaqueContext context(JsonNode vector) {
    JsonNode in = vector.get("inputs");
    JsonNode clientKey = vector.get("intermediates").get("client_public_key");
    String server =
        in.has("server_identity")
            ? in.get("server_identity").asText()
            : in.get("server_public_key").asText();
    String client =
        in.has("client_identity") ? in.get("client_identity").asText() : clientKey.asText();
    return new OpaqueContext(hex(vector.get("config"), "Context"), hex(server), hex(client));
  }
}
