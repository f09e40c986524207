package org.hikae.crypto.cpace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.testing.RfcVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The draft's own vectors of this suite, of its appendix B.5 and of A. */
class CpaceVectorsTest {

  private static final JsonNode FILE = RfcVectors.load("cpace-testvectors.json");
  private static final JsonNode RUN = FILE.get("G_NistP256");
  private static final JsonNode POINTS = FILE.get("G_NistP256_points");
  private static final SecureRandom RANDOM = new SecureRandom();

  private static byte[] hex(String field) {
    return RfcVectors.hex(RUN, field);
  }

  private static CpaceInput input() {
    return new CpaceInput(SecretBytes.copyOf(hex("PRS")), hex("CI"), hex("sid"));
  }

  private static CpaceParty party(boolean initiator) throws CryptoException {
    String suffix = initiator ? "a" : "b";
    return CpaceParty.of(
        initiator, input(), hex("AD" + suffix), RANDOM, Scalar.decode(hex("y" + suffix)));
  }

  @Test
  void the_generator_is_that_of_the_draft() {
    assertThat(RfcVectors.hex(CpaceSuite.generatorString(hex("PRS"), hex("CI"), hex("sid"))))
        .isEqualTo(
            "1e4350616365503235365f584d443a5348412d3235365f535357555f"
                + "4e555f0850617373776f726417000000000000000000000000000000"
                + "0000000000000000180b415f696e69746961746f720b425f72657370"
                + "6f6e6465721034b36454cab2e7842c389f7d88ecb7df");
    Element generator = CpaceSuite.generator(SecretBytes.copyOf(hex("PRS")), hex("CI"), hex("sid"));
    assertThat(generator.encodeUncompressed()).isEqualTo(hex("g"));
  }

  @Test
  void both_parties_send_and_get_what_the_draft_says() throws CryptoException {
    CpaceParty initiator = party(true);
    CpaceParty responder = party(false);
    assertThat(initiator.message().encodedShare()).isEqualTo(hex("Ya"));
    assertThat(responder.message().encodedShare()).isEqualTo(hex("Yb"));
    CpaceSession one = initiator.finish(CpaceMessage.decode(hex("Yb"), hex("ADb")));
    CpaceSession other = responder.finish(CpaceMessage.decode(hex("Ya"), hex("ADa")));
    assertThat(one.sessionKey().expose()).isEqualTo(hex("ISK_IR"));
    assertThat(other.sessionKey().expose()).isEqualTo(hex("ISK_IR"));
  }

  @Test
  void a_valid_point_is_multiplied_as_the_draft_says() throws CryptoException {
    JsonNode valid = POINTS.get("Valid");
    Element product =
        new P256Group(RANDOM)
            .multiply(
                Element.decodeUncompressed(RfcVectors.hex(valid, "X")),
                Scalar.decode(RfcVectors.hex(valid, "s")));
    assertThat(product.encodeUncompressed())
        .isEqualTo(RfcVectors.hex(valid, "G.scalar_mult(s,X) (full coordinates)"));
    assertThat(product.x())
        .isEqualTo(RfcVectors.hex(valid, "G.scalar_mult_vfy(s,X) (only X-coordinate)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Invalid Y1", "Invalid Y2"})
  void an_invalid_point_ends_the_run(String field) {
    byte[] share = RfcVectors.hex(POINTS, field);
    assertThatThrownBy(() -> CpaceMessage.decode(share, hex("ADb")))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void lengths_are_written_as_the_draft_says() {
    assertThat(RfcVectors.hex(CpaceSuite.withLengths(new byte[0]))).isEqualTo("00");
    assertThat(RfcVectors.hex(CpaceSuite.withLengths(RfcVectors.ascii("1234"))))
        .isEqualTo("0431323334");
    assertThat(
            RfcVectors.hex(
                CpaceSuite.withLengths(
                    RfcVectors.ascii("1234"),
                    RfcVectors.ascii("5"),
                    new byte[0],
                    RfcVectors.ascii("678"))))
        .isEqualTo("043132333401350003363738");
    byte[] long127 = CpaceSuite.withLengths(new byte[127]);
    byte[] long128 = CpaceSuite.withLengths(new byte[128]);
    assertThat(long127).hasSize(128).startsWith(0x7F);
    assertThat(long128).hasSize(130).startsWith(0x80, 0x01);
    assertThat(CpaceSuite.withLengths(new byte[20_000])).startsWith(0xA0, 0x9C, 0x01);
  }
}
