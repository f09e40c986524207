package org.hikae.identity.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hikae.testing.EveryThirdRun;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EveryThirdRun
class LogoutTokenTest {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String SID = "0f8fad5b";

  private static RsaJsonWebKey key;
  private static RsaJsonWebKey other;
  private static LogoutToken tokens;

  @BeforeAll
  static void keys() throws JoseException {
    key = RsaJwkGenerator.generateJwk(2048);
    other = RsaJwkGenerator.generateJwk(2048);
    tokens =
        new LogoutToken(
            "https://sso/realms/hikae",
            "hikae-portal",
            id -> id.equals("current") ? key.getKey() : null);
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://sso/realms/hikae");
    claims.setAudience("hikae-portal");
    claims.setIssuedAtToNow();
    claims.setGeneratedJwtId();
    claims.setStringClaim("sid", SID);
    claims.setClaim("events", Map.of(EVENT, Map.of()));
    return claims;
  }

  private static JsonWebSignature signed(JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue("current");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature;
  }

  @Test
  void the_issuers_word_counts() throws JoseException {
    String token = signed(claims()).getCompactSerialization();
    assertThat(LogoutToken.claimed(token)).contains(SID);
    assertThat(tokens.ended(token)).contains(SID);
  }

  static List<Consumer<JwtClaims>> other() {
    return List.of(
        claims -> claims.setIssuer("https://sso/realms/master"),
        claims -> claims.setAudience("hikae-agent"),
        claims -> claims.unsetClaim("aud"),
        claims -> claims.unsetClaim("iat"),
        claims -> claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - 600)),
        claims -> claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() + 600)),
        claims -> claims.unsetClaim("jti"),
        claims -> claims.unsetClaim("events"),
        claims -> claims.setStringClaim("events", EVENT),
        claims -> claims.setClaim("events", Map.of("else", Map.of())),
        claims -> claims.setStringClaim("nonce", "n"),
        claims -> claims.unsetClaim("sid"),
        claims -> claims.setExpirationTimeMinutesInTheFuture(-10));
  }

  @ParameterizedTest
  @MethodSource("other")
  void a_word_of_something_else_does_not(Consumer<JwtClaims> change) throws JoseException {
    JwtClaims claims = claims();
    change.accept(claims);
    assertThat(tokens.ended(signed(claims).getCompactSerialization())).isEmpty();
  }

  @Test
  void nobody_elses_word_does() throws JoseException {
    JsonWebSignature foreign = signed(claims());
    foreign.setKey(other.getPrivateKey());
    JsonWebSignature unknown = signed(claims());
    unknown.setKeyIdHeaderValue("another");
    JsonWebSignature nameless = signed(claims());
    nameless.getHeaders().setStringHeaderValue("kid", null);
    JsonWebSignature unsigned = signed(claims());
    unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    unsigned.setKey(null);
    JsonWebSignature byPublicKey = signed(claims());
    byPublicKey.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    byPublicKey.setKey(new HmacKey(key.getRsaPublicKey().getEncoded()));
    for (JsonWebSignature one : List.of(foreign, unknown, nameless, unsigned, byPublicKey)) {
      assertThat(tokens.ended(one.getCompactSerialization())).isEmpty();
    }
  }

  @Test
  void what_is_no_token_names_nothing() {
    for (String text : new String[] {"", ".", "..", "a.b.c", "e30.e30.", "\u0000", "日本"}) {
      assertThat(LogoutToken.claimed(text)).isEmpty();
      assertThat(tokens.ended(text)).isEmpty();
    }
  }
}
