package org.hikae.vault.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Map;
import org.hikae.vault.port.TokenRefusedException;

/**
 * Whom a token is of use to: to the key whose thumbprint it carries (RFC 9449, section 6.1), or to
 * whoever has it.
 */
public enum TokenBinding {
  /** Only tokens that are bound to the key of the device that sends them. */
  REQUIRED,
  /** Those, and those that are bound to no key, as agents of earlier releases have them. */
  OPTIONAL;

  private static final Logger LOG = System.getLogger(TokenBinding.class.getName());

  private static final String CONFIRMATION = "cnf";
  private static final String THUMBPRINT = "jkt";

  /** The point is the end of the key's encoding: x, then y. */
  private static final int COORDINATE_BYTES = 32;

  /**
   * Refuses a token that is not for {@code deviceKey}.
   *
   * @param saysBound whether the token's type says that it is bound
   */
  void check(JWTClaimsSet claims, boolean saysBound, byte[] deviceKey)
      throws TokenRefusedException, ParseException {
    Map<String, Object> confirmation = claims.getJSONObjectClaim(CONFIRMATION);
    if (confirmation == null && !saysBound) {
      if (this == REQUIRED) {
        throw new TokenRefusedException("The token is not bound to a device (bound-tokens).");
      }
      LOG.log(Level.INFO, "A token that is not bound to a device was taken.");
    } else if (confirmation == null
        || !thumbprint(deviceKey).equals(confirmation.get(THUMBPRINT))) {
      throw new TokenRefusedException("The token is bound to another key than the device's.");
    }
  }

  /** The JWK SHA-256 thumbprint (RFC 7638) of a P-256 key in its one encoding. */
  private static String thumbprint(byte[] spki) {
    int y = spki.length - COORDINATE_BYTES;
    ECKey key =
        new ECKey.Builder(
                Curve.P_256,
                Base64URL.encode(Arrays.copyOfRange(spki, y - COORDINATE_BYTES, y)),
                Base64URL.encode(Arrays.copyOfRange(spki, y, spki.length)))
            .build();
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
