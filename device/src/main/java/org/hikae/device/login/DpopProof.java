package org.hikae.device.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.hikae.device.AgentJson;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;

/**
 * A proof that this device has its key (RFC 9449, section 4.2) for one request to the realm's token
 * endpoint, which writes the key's thumbprint into the token that it answers with. Keycloak takes a
 * proof once, and within seconds of its time.
 */
final class DpopProof {

  /** The header that carries it. */
  static final String HEADER = "DPoP";

  /** How it is signed, and what a realm has to list that takes it. */
  static final String ALGORITHM = "ES256";

  /** The name of a token in the realm's answer that is bound (section 5). */
  static final String TOKEN_TYPE = "DPoP";

  /** The point is the end of the key's encoding: x, then y. */
  private static final int COORDINATE_BYTES = 32;

  private DpopProof() {}

  private record Header(String typ, String alg, Jwk jwk) {}

  private record Jwk(String kty, String crv, String x, String y) {}

  private record Claims(String jti, String htm, String htu, long iat) {}

  /**
   * For a POST to {@code endpoint}.
   *
   * @param now the time by the realm's clock
   */
  static String of(DeviceIdentity device, URI endpoint, Instant now, SecureRandom random) {
    byte[] key = device.publicKey();
    int y = key.length - COORDINATE_BYTES;
    int x = y - COORDINATE_BYTES;
    Jwk jwk =
        new Jwk(
            "EC",
            "P-256",
            TextCodec.base64(Arrays.copyOfRange(key, x, y)),
            TextCodec.base64(Arrays.copyOfRange(key, y, key.length)));
    byte[] id = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(id);
    // The address without query and fragment.
    String target = endpoint.resolve(endpoint.getRawPath()).toString();
    String signed =
        base64(new Header("dpop+jwt", ALGORITHM, jwk))
            + "."
            + base64(new Claims(TextCodec.base64(id), "POST", target, now.getEpochSecond()));
    return signed + "." + TextCodec.base64(device.signJws(signed));
  }

  private static String base64(Object part) {
    try {
      return TextCodec.base64(
          AgentJson.mapper().writeValueAsString(part).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own records are always writable as JSON", e);
    }
  }
}
