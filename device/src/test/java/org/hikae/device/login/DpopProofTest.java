package org.hikae.device.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.hikae.device.AgentJson;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

/**
 * HK1-E-16: a proof as RFC 9449, section 4.2, has it. That its signature verifies, and that it is
 * good for one request only, the sign-on of {@code DeviceBoundTokensTest} sees to.
 */
class DpopProofTest {

  private final SecureRandom random = new SecureRandom();
  private final DeviceIdentity device = DeviceIdentity.generate(random);

  private List<String> proof(String endpoint) {
    Instant now = Instant.parse("2026-11-24T09:00:00.9Z");
    return List.of(DpopProof.of(device, URI.create(endpoint), now, random).split("\\.", -1));
  }

  private static JsonNode json(String part) throws Exception {
    return AgentJson.mapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  @Test
  void it_names_the_key_the_request_and_the_time_and_nothing_else() throws Exception {
    List<String> parts = proof("https://sso.example.com:8443/realms/hikae/token?a=b#c");
    byte[] key = device.publicKey();
    assertThat(parts).hasSize(3);
    assertThat(json(parts.get(0)))
        .isEqualTo(
            AgentJson.mapper()
                .readTree(
                    "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\","
                        + "\"x\":\""
                        + TextCodec.base64(Arrays.copyOfRange(key, 27, 59))
                        + "\",\"y\":\""
                        + TextCodec.base64(Arrays.copyOfRange(key, 59, 91))
                        + "\"}}"));
    JsonNode claims = json(parts.get(1));
    assertThat(claims.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("jti", "htm", "htu", "iat");
    assertThat(claims.path("htm").asText()).isEqualTo("POST");
    assertThat(claims.path("htu").asText())
        .isEqualTo("https://sso.example.com:8443/realms/hikae/token");
    assertThat(claims.path("iat").asLong())
        .isEqualTo(Instant.parse("2026-11-24T09:00:00Z").getEpochSecond());
  }

  /** The proof in docs/spec/vectors/vault.json, made from the specification alone. */
  @Test
  void the_vector_is_made() throws Exception {
    SpecVectors of = SpecVectors.of("vault.json").at("proof");
    DeviceIdentity given =
        DeviceIdentity.of(
            SpecVectors.of("vault.json").secret("enrolment", "key", "private"), random);
    String proof =
        DpopProof.of(
            given,
            URI.create(of.text("endpoint")),
            Instant.ofEpochSecond(of.number("iat")),
            new ScriptedRandom(of.bytes("jti")));
    assertThat(proof).startsWith(of.text("signed") + ".");
    assertThat(FakeVault.thumbprint(given.publicKey())).isEqualTo(of.text("thumbprint"));
  }

  @Test
  void no_two_are_the_same() throws Exception {
    String endpoint = "https://sso.example.com/token";
    assertThat(json(proof(endpoint).get(1)).path("jti"))
        .isNotEqualTo(json(proof(endpoint).get(1)).path("jti"));
  }
}
