package org.hikae.crypto.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.testing.RfcVectors;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every P-256 vector of RFC 9497, Appendix A.3: modes 0, 1 and 2. Modes 1 and 2 run on {@link
 * VerifiableOprf}.
 */
class OprfVectorsTest {

  private final P256Group group = new P256Group(new SecureRandom());

  static Stream<JsonNode> suites() {
    return StreamSupport.stream(
            RfcVectors.load("oprf-rfc9497-allVectors.json").spliterator(), false)
        .filter(suite -> suite.get("identifier").asText().equals("P256-SHA256"));
  }

  static Stream<VerifiableOprf.Vector> vectors(int mode) {
    return suites()
        .filter(suite -> suite.get("mode").asInt() == mode)
        .flatMap(
            suite ->
                StreamSupport.stream(suite.get("vectors").spliterator(), false)
                    .map(vector -> new VerifiableOprf.Vector(suite, vector)));
  }

  static Stream<VerifiableOprf.Vector> mode0() {
    return vectors(0);
  }

  static Stream<VerifiableOprf.Vector> modes1And2() {
    return Stream.concat(vectors(1), vectors(2));
  }

  @Test
  void the_file_has_all_modes() {
    assertThat(suites()).hasSize(3);
    assertThat(mode0()).hasSize(2);
    assertThat(modes1And2()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void derives_the_servers_key(JsonNode suite) throws CryptoException {
    int mode = suite.get("mode").asInt();
    byte[] seed = RfcVectors.hex(suite, "seed");
    byte[] info = RfcVectors.hex(suite, "keyInfo");
    Scalar derived = new VerifiableOprf(group, mode).deriveKey(seed, info);
    assertThat(hex(derived.encode())).isEqualTo(suite.get("skSm").asText());
    if (mode == 0) {
      try (SecretBytes secret = SecretBytes.copyOf(seed)) {
        assertThat(P256Group.deriveScalar(secret, "test key")).isEqualTo(derived);
        assertThat(group.deriveKeyPair(secret, "test key").secret()).isEqualTo(derived);
      }
    } else {
      assertThat(hex(P256Group.multiplyBase(derived).encode()))
          .isEqualTo(suite.get("pkSm").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("mode0")
  void mode_0_blinds_evaluates_and_finishes(VerifiableOprf.Vector vector) throws CryptoException {
    Oprf oprf = new Oprf(group);
    byte[] input = vector.one("Input");
    Oprf.Blinded blinded = oprf.blind(input, new ScriptedRandom(vector.one("Blind")));
    assertThat(blinded.blindedElement().encode()).isEqualTo(vector.one("BlindedElement"));
    Element evaluated = group.multiply(blinded.blindedElement(), vector.serverKey());
    assertThat(evaluated.encode()).isEqualTo(vector.one("EvaluationElement"));
    assertThat(oprf.finish(input, blinded.blind(), evaluated)).isEqualTo(vector.one("Output"));
  }

  @ParameterizedTest
  @MethodSource("modes1And2")
  void modes_1_and_2_blind_evaluate_prove_and_finish(VerifiableOprf.Vector vector)
      throws CryptoException {
    VerifiableOprf oprf = new VerifiableOprf(group, vector.mode());
    Scalar key = oprf.evaluationKey(vector.serverKey(), vector.info());
    List<Element> blinded = new ArrayList<>();
    List<Element> evaluated = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      Scalar blind = Scalar.decode(vector.all("Blind").get(i));
      byte[] input = vector.all("Input").get(i);
      blinded.add(group.multiply(oprf.hashToGroup(input), blind));
      evaluated.add(oprf.evaluate(blinded.get(i), key));
      assertThat(blinded.get(i).encode()).isEqualTo(vector.all("BlindedElement").get(i));
      assertThat(evaluated.get(i).encode()).isEqualTo(vector.all("EvaluationElement").get(i));
      assertThat(oprf.finish(input, vector.info(), blind, evaluated.get(i)))
          .isEqualTo(vector.all("Output").get(i));
    }
    byte[] proof = oprf.prove(key, blinded, evaluated, vector.proofNonce());
    assertThat(hex(proof)).isEqualTo(hex(vector.proof()));
    Element publicKey = P256Group.multiplyBase(key);
    assertThat(oprf.verify(publicKey, blinded, evaluated, proof)).isTrue();
    assertThat(oprf.verify(publicKey, evaluated, blinded, proof)).isFalse();
    assertThat(oprf.verify(publicKey.negate(), blinded, evaluated, proof)).isFalse();
  }

  @Test
  void takes_inputs_up_to_65535_bytes() {
    Oprf oprf = new Oprf(group);
    SecureRandom random = new SecureRandom();
    assertThat(oprf.blind(new byte[0xffff], random)).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> oprf.blind(new byte[0x10000], random));
    Scalar blind = Scalar.random(random);
    Element element = Element.generator();
    assertThat(oprf.finish(new byte[0xffff], blind, element)).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oprf.finish(new byte[0x10000], blind, element));
  }

  @Test
  void gives_the_same_output_whatever_the_blind() {
    Oprf oprf = new Oprf(group);
    SecureRandom random = new SecureRandom();
    Scalar key = Scalar.random(random);
    byte[] input = ascii("input");
    byte[] first = evaluate(oprf, input, key, random);
    assertThat(evaluate(oprf, input, key, random)).isEqualTo(first);
    assertThat(evaluate(oprf, ascii("inpuT"), key, random)).isNotEqualTo(first);
    assertThat(evaluate(oprf, input, Scalar.random(random), random)).isNotEqualTo(first);
  }

  private byte[] evaluate(Oprf oprf, byte[] input, Scalar key, SecureRandom random) {
    Oprf.Blinded blinded = oprf.blind(input, random);
    return oprf.finish(input, blinded.blind(), group.multiply(blinded.blindedElement(), key));
  }
}
