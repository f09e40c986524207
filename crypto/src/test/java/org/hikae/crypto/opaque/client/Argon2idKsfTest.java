package org.hikae.crypto.opaque.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.RfcVectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.testing.RfcVectors;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Argon2id, and whole logins on records that another implementation of OPAQUE made with it. */
@EveryThirdRun
class Argon2idKsfTest {

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);

  static Stream<JsonNode> records() {
    JsonNode file = RfcVectors.load("opaque-ke-p256-argon2id-records.json");
    return IntStream.range(0, file.size()).mapToObj(file::get);
  }

  /** RFC 9106, section 5.3: the library computes Argon2id at all. */
  @Test
  void the_library_gives_the_value_of_rfc_9106() {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build());
    byte[] tag = new byte[32];
    argon2.generateBytes(filled(32, 1), tag);
    assertThat(hex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void the_constants_are_those_of_suite_1() {
    byte[] input = filled(32, 1);
    assertThat(new Argon2idKsf().stretch(input))
        .isEqualTo(new Argon2idKsf(65536, 3, 4).stretch(input))
        .hasSize(32);
  }

  @ParameterizedTest
  @MethodSource("records")
  void a_record_of_opaque_ke_opens_with_its_password(JsonNode vector) throws CryptoException {
    try (SecretBytes password = password(vector.get("password_utf8").asText());
        ClientLogin login = client(vector).startLogin(password)) {
      OpaqueServer.Answer answer = answer(vector, login);
      ClientLogin.Result result = login.finish(answer.ke2(), context(vector));
      assertThat(hex(result.exportKey().expose())).isEqualTo(vector.get("export_key").asText());
      assertThat(answer.pending().finish(result.ke3())).isEqualTo(result.sessionKey());
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void a_record_of_opaque_ke_refuses_another_password(JsonNode vector) throws CryptoException {
    try (SecretBytes password = password(vector.get("password_utf8").asText() + " ");
        ClientLogin login = client(vector).startLogin(password)) {
      OpaqueServer.Answer answer = answer(vector, login);
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> login.finish(answer.ke2(), context(vector)));
    }
  }

  private OpaqueClient client(JsonNode vector) {
    int memoryKib = vector.get("argon2_m_kib").asInt();
    Argon2idKsf ksf =
        memoryKib == 65536
            ? new Argon2idKsf()
            : new Argon2idKsf(
                memoryKib, vector.get("argon2_t").asInt(), vector.get("argon2_p").asInt());
    return new OpaqueClient(group, ksf, random);
  }

  private OpaqueServer.Answer answer(JsonNode vector, ClientLogin login) throws CryptoException {
    Scalar oprfKey = Scalar.decode(hex(vector, "oprf_key"));
    DhKeyPair akeKey = new DhKeyPair(group, Scalar.decode(hex(vector, "server_private_key")));
    return new OpaqueServer(group, akeKey, random)
        .answer(
            login.ke1(),
            RegistrationRecord.decode(hex(vector, "registration_upload")),
            element -> group.multiply(element, oprfKey),
            context(vector));
  }

  private static OpaqueContext context(JsonNode vector) {
    byte[] upload = hex(vector, "registration_upload");
    byte[] server =
        vector.get("server_identity").isNull()
            ? hex(vector, "server_public_key")
            : hex(vector, "server_identity");
    byte[] client =
        vector.get("client_identity").isNull()
            ? Arrays.copyOf(upload, Element.BYTES)
            : hex(vector, "client_identity");
    return new OpaqueContext(new byte[0], server, client);
  }

  private static SecretBytes password(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
