package org.hikae.it.http.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hikae.identity.wire.RealmNames;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens that differ in one thing from one that is good: who signed it, or what it says. */
final class InvalidTokens {

  private static final int BITS = 2048;
  private static final long PAST_SECONDS = 10;
  private static final float FUTURE_MINUTES = 10;

  private final TestRealmKey realmKey;
  private final RsaJsonWebKey ownKey;

  InvalidTokens(TestRealmKey realmKey) throws JoseException {
    this.realmKey = realmKey;
    this.ownKey = RsaJwkGenerator.generateJwk(BITS);
    ownKey.setKeyId("own");
  }

  /** The claims of what Keycloak gave, signed by the realm's other key: as good as that. */
  String good(JsonNode granted) throws JoseException, InvalidJwtException {
    return realmKey.sign(claims(granted));
  }

  /**
   * All of them by what is wrong.
   *
   * @param granted what Keycloak gave for a code
   */
  Map<String, String> of(JsonNode granted) throws JoseException, InvalidJwtException {
    JwtClaims good = claims(granted);
    NumericDate past = NumericDate.now();
    past.addSeconds(-PAST_SECONDS);
    String issuer = good.getClaimValueAsString("iss");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("forged", forged(good).getCompactSerialization());
    all.put("signed by a key that it brings", bringingItsKey(good));
    all.put("unsigned", unsigned(good));
    all.put("signed with the public key as secret", byPublicKey(good));
    all.put("expired", but(good, claims -> claims.setExpirationTime(past)));
    all.put("not yet valid", but(good, InvalidTokens::startLater));
    all.put("for the vault", but(good, claims -> claims.setAudience(RealmNames.VAULT_AUDIENCE)));
    all.put(
        "of another issuer",
        but(good, claims -> claims.setIssuer(issuer.replaceFirst("[^/]+$", "master"))));
    all.put("an ID token", granted.get("id_token").asText());
    all.put("a refresh token", granted.get("refresh_token").asText());
    return all;
  }

  /** The same that a client got which the portal knows nothing of. */
  String ofStranger(JsonNode granted) throws JoseException, InvalidJwtException {
    return but(claims(granted), claims -> claims.setStringClaim("azp", "intranet"));
  }

  private static void startLater(JwtClaims claims) {
    claims.setNotBeforeMinutesInThePast(-FUTURE_MINUTES);
    claims.setExpirationTimeMinutesInTheFuture(2 * FUTURE_MINUTES);
  }

  private static JwtClaims claims(JsonNode granted) throws InvalidJwtException {
    String claims = granted.get("access_token").asText().split("\\.", -1)[1];
    return JwtClaims.parse(
        new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
  }

  private String but(JwtClaims good, Consumer<JwtClaims> change)
      throws JoseException, InvalidJwtException {
    JwtClaims changed = JwtClaims.parse(good.toJson());
    change.accept(changed);
    return realmKey.sign(changed);
  }

  /** Under the name of the realm's key. */
  private JsonWebSignature forged(JwtClaims claims) {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(ownKey.getPrivateKey());
    token.setKeyIdHeaderValue(realmKey.id());
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return token;
  }

  private String bringingItsKey(JwtClaims claims) throws JoseException {
    JsonWebSignature token = forged(claims);
    token.setKeyIdHeaderValue(ownKey.getKeyId());
    token.setJwkHeader(ownKey);
    return token.getCompactSerialization();
  }

  private String unsigned(JwtClaims claims) throws JoseException {
    JsonWebSignature token = forged(claims);
    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    token.setKey(null);
    return token.getCompactSerialization();
  }

  private String byPublicKey(JwtClaims claims) throws JoseException {
    JsonWebSignature token = forged(claims);
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    token.setKey(new HmacKey(realmKey.publicKey().getEncoded()));
    return token.getCompactSerialization();
  }
}
