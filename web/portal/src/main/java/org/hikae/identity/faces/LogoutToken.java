package org.hikae.identity.faces;

import java.security.Key;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.OidcClientConfiguration;

/**
 * What Keycloak says when a session there has ended (OpenID Connect Back-Channel Logout 1.0,
 * section 2.4).
 *
 * @param issuer who may say so
 * @param audience the client that it is said to
 * @param keys the issuer's keys by their id
 */
record LogoutToken(String issuer, String audience, Function<String, @Nullable Key> keys) {

  /** Longer is none; Keycloak's have some 700 characters. */
  static final int MAX_LENGTH = 8192;

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final int SECONDS_AHEAD = 60;
  private static final int SECONDS_OLD = 300;

  private static final JwtConsumer UNCHECKED =
      new JwtConsumerBuilder().setSkipSignatureVerification().setSkipAllValidators().build();

  /** Those of the realm that a session was made by. */
  static LogoutToken of(OidcClientConfiguration keycloak) {
    return new LogoutToken(
        keycloak.getIssuerUrl(),
        keycloak.getResourceName(),
        id -> keycloak.getPublicKeyLocator().getPublicKey(id, keycloak));
  }

  /** The session that a token names, whoever wrote it; none when it is no token. */
  static Optional<String> claimed(String token) {
    try {
      return Optional.ofNullable(sid(UNCHECKED.processToClaims(token)));
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  /** The session that has ended; none when the issuer does not say so. */
  Optional<String> ended(String token) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setCompactSerialization(token);
      String id = signature.getKeyIdHeaderValue();
      Key key = id == null ? null : keys.apply(id);
      if (key == null) {
        return Optional.empty();
      }
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setVerificationKey(key)
              .setJwsAlgorithmConstraints(
                  ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
              .setExpectedIssuer(issuer)
              .setExpectedAudience(audience)
              .setRequireIssuedAt()
              .setIssuedAtRestrictions(SECONDS_AHEAD, SECONDS_OLD)
              .setRequireJwtId()
              .build()
              .processToClaims(token);
      // An ID token, which has a nonce and no event, says nothing of an end.
      return claims.hasClaim("nonce") || !namesEvent(claims)
          ? Optional.empty()
          : Optional.ofNullable(sid(claims));
    } catch (InvalidJwtException | MalformedClaimException | JoseException e) {
      return Optional.empty();
    }
  }

  private static boolean namesEvent(JwtClaims claims) {
    return claims.getClaimValue("events") instanceof Map<?, ?> events && events.containsKey(EVENT);
  }

  private static @Nullable String sid(JwtClaims claims) throws MalformedClaimException {
    return claims.getStringClaimValue("sid");
  }
}
