package org.hikae.vault.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.hikae.identity.wire.RealmNames;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.UnavailableException;

/**
 * Accepts exactly the access tokens that Keycloak issues to the agent for the vault: signed by a
 * published key with RS256 or ES256, issuer equal to the configured one, not expired and not used
 * early, audience {@code hikae-vault}, client {@code hikae-agent}, with a {@code sub}, and bound to
 * the device's key as {@link TokenBinding} says. Algorithm {@code none} and the symmetric ones
 * never match, because only the two are on the list.
 */
public final class KeycloakTokenVerifier implements TokenVerifier {

  /** How far the realm's clock may be off, in seconds. */
  static final int CLOCK_SKEW_SECONDS = 30;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private static final Set<String> REQUIRED = Set.of("sub", "exp", "iat", "azp");

  /** Keycloak's own words for access tokens; identity and refresh tokens have others. */
  private static final String ACCESS_TOKEN_TYPE = "Bearer";

  private static final String BOUND_TOKEN_TYPE = "DPoP";

  private static final int MAX_SUBJECT_CHARS = 255;

  private final DefaultJWTProcessor<SecurityContext> processor;
  private final TokenBinding binding;

  /** Verifies tokens of one issuer with keys from {@code keys}. */
  public KeycloakTokenVerifier(
      String issuer, JWKSource<SecurityContext> keys, Clock clock, TokenBinding binding) {
    this.binding = binding;
    processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    JWTClaimsSet exact =
        new JWTClaimsSet.Builder().issuer(issuer).claim("azp", RealmNames.AGENT_CLIENT).build();
    processor.setJWTClaimsSetVerifier(new AtTime(exact, clock));
  }

  @Override
  public TokenBearer verify(String token, byte[] deviceKey) throws TokenRefusedException {
    JWTClaimsSet claims;
    try {
      claims = processor.process(token, null);
    } catch (KeySourceException e) {
      throw new UnavailableException("The keys of the sign-on cannot be fetched.", e);
    } catch (BadJOSEException | JOSEException e) {
      throw new TokenRefusedException("The token is not one this vault accepts.");
    } catch (ParseException e) {
      throw new TokenRefusedException("The token is not a signed JWT.");
    }
    return bearer(claims, deviceKey);
  }

  private TokenBearer bearer(JWTClaimsSet claims, byte[] deviceKey) throws TokenRefusedException {
    String subject = claims.getSubject();
    if (subject.isBlank() || subject.length() > MAX_SUBJECT_CHARS) {
      throw new TokenRefusedException("The token's subject is empty or too long.");
    }
    try {
      String type = claims.getStringClaim("typ");
      boolean saysBound = BOUND_TOKEN_TYPE.equals(type);
      if (type != null && !saysBound && !type.equals(ACCESS_TOKEN_TYPE)) {
        throw new TokenRefusedException("The token is not an access token.");
      }
      binding.check(claims, saysBound, deviceKey);
      Long authTime = claims.getLongClaim("auth_time");
      return new TokenBearer(
          claims.getIssuer(), subject, authTime == null ? null : Instant.ofEpochSecond(authTime));
    } catch (ParseException e) {
      throw new TokenRefusedException("A claim of the token has the wrong form.");
    }
  }

  /** The library's claims check with this vault's clock. */
  private static final class AtTime extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final Clock clock;

    AtTime(JWTClaimsSet exact, Clock clock) {
      super(RealmNames.VAULT_AUDIENCE, exact, REQUIRED);
      setMaxClockSkew(CLOCK_SKEW_SECONDS);
      this.clock = clock;
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
