package org.hikae.vault.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SettableClock;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.TokenVerifier.TokenBearer;
import org.hikae.vault.port.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of tokens, against keys fetched over HTTP. */
@DisplayName("HK1-V-03: the vault checks the token itself")
@EveryThirdRun
class KeycloakTokenVerifierTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:00:00Z"));
  private final byte[] key = SigningKey.generate(new SecureRandom()).publicKey().encode();
  private FakeRealm realm;
  private KeycloakTokenVerifier verifier;

  @BeforeEach
  void open() throws Exception {
    realm = new FakeRealm();
    verifier =
        new KeycloakTokenVerifier(
            realm.issuer(),
            RealmKeys.at(realm.jwksUrl(), Optional.empty()),
            clock,
            TokenBinding.OPTIONAL);
  }

  @AfterEach
  void close() {
    realm.close();
  }

  private TokenBearer verify(String token) throws TokenRefusedException {
    return verifier.verify(token, key);
  }

  private JWTClaimsSet.Builder claims() {
    return realm.claims(clock.instant());
  }

  @Test
  void a_good_token_names_the_employee_and_the_sign_in() throws Exception {
    TokenBearer rsa = verify(realm.rs256(claims().build()));
    TokenBearer ec = verify(realm.es256(claims().build()));

    assertThat(rsa).isEqualTo(ec);
    assertThat(rsa.issuer()).isEqualTo(realm.issuer());
    assertThat(rsa.subject()).isEqualTo("2f6f7a0e-alice");
    assertThat(rsa.authenticatedAt()).isEqualTo(clock.instant().minusSeconds(5));
  }

  @Test
  void a_single_audience_and_absent_optional_claims_are_fine() throws Exception {
    TokenBearer bearer =
        verify(
            realm.rs256(
                claims()
                    .audience("hikae-vault")
                    .claim("auth_time", null)
                    .claim("typ", null)
                    .build()));

    assertThat(bearer.authenticatedAt()).isNull();
  }

  @Test
  void every_other_token_is_refused() throws Exception {
    Instant now = clock.instant();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("foreign issuer", realm.rs256(claims().issuer("https://evil.test").build()));
    tokens.put(
        "issuer with a slash more", realm.rs256(claims().issuer(realm.issuer() + "/").build()));
    tokens.put("no issuer", realm.rs256(claims().issuer(null).build()));
    tokens.put("audience of the API", realm.rs256(claims().audience("hikae-api").build()));
    tokens.put("no audience", realm.rs256(claims().audience(List.of()).build()));
    tokens.put("client of the pages", realm.rs256(claims().claim("azp", "hikae-portal").build()));
    tokens.put("no client", realm.rs256(claims().claim("azp", null).build()));
    tokens.put(
        "expired", realm.rs256(claims().expirationTime(Date.from(now.minusSeconds(31))).build()));
    tokens.put("no expiry", realm.rs256(claims().expirationTime(null).build()));
    tokens.put(
        "not yet", realm.rs256(claims().notBeforeTime(Date.from(now.plusSeconds(31))).build()));
    tokens.put("no subject", realm.rs256(claims().subject(null).build()));
    tokens.put("blank subject", realm.rs256(claims().subject(" ").build()));
    tokens.put("endless subject", realm.rs256(claims().subject("x".repeat(256)).build()));
    tokens.put("identity token", realm.rs256(claims().claim("typ", "ID").build()));
    tokens.put("refresh token", realm.rs256(claims().claim("typ", "Refresh").build()));
    tokens.put("auth_time in words", realm.rs256(claims().claim("auth_time", "now").build()));
    tokens.put("no type", realm.untyped(claims().build()));
    tokens.put("alg none", realm.unsigned(claims().build()));
    tokens.put("HMAC with the public key", realm.hs256(claims().build()));
    tokens.put("RS512", realm.rs512(claims().build()));
    tokens.put("foreign key, known name", realm.foreign(claims().build(), "rsa-1"));
    tokens.put("foreign key, unknown name", realm.foreign(claims().build(), "rsa-2"));
    tokens.put("changed claims", withOtherSubject(realm.rs256(claims().build())));
    tokens.put("cut", realm.rs256(claims().build()).substring(0, 100));
    tokens.put("nothing", "");
    tokens.put("not a token", "Bearer x");

    tokens.forEach(
        (name, token) ->
            assertThatThrownBy(() -> verify(token))
                .as(name)
                .isInstanceOfAny(TokenRefusedException.class)
                .message()
                .doesNotContain("eyJ"));
  }

  private static String withOtherSubject(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = Base64URL.from(parts[1]).decodeToString().replace("alice", "malice");
    return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
  }

  @Test
  void expiry_and_start_have_thirty_seconds_of_grace() throws Exception {
    Instant now = clock.instant();
    JWTClaimsSet late = claims().expirationTime(Date.from(now.minusSeconds(29))).build();
    JWTClaimsSet early = claims().notBeforeTime(Date.from(now.plusSeconds(29))).build();

    assertThat(verify(realm.rs256(late)).subject()).isNotEmpty();
    assertThat(verify(realm.rs256(early)).subject()).isNotEmpty();
  }

  @Test
  void keys_are_cached_and_unknown_key_names_do_not_hammer_the_sign_on() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(verify(realm.rs256(claims().build())).subject()).isNotEmpty();
    }
    assertThat(realm.fetches()).isEqualTo(1);
    for (int i = 0; i < 20; i++) {
      String unknown = realm.foreign(claims().build(), "invented-" + i);
      assertThatThrownBy(() -> verify(unknown))
          .isInstanceOfAny(TokenRefusedException.class, UnavailableException.class);
    }

    assertThat(realm.fetches()).isLessThanOrEqualTo(3);
    assertThat(verify(realm.rs256(claims().build())).subject()).isNotEmpty();
  }

  @Test
  void a_sign_on_that_does_not_answer_is_an_outage_not_a_refusal() {
    realm.failing = true;
    assertThatThrownBy(() -> verify(realm.rs256(claims().build())))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void certificates_that_cannot_be_used_are_named(@TempDir Path directory) throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    Path garbage = Files.writeString(directory.resolve("garbage.pem"), "-----BEGIN X-----");

    assertThatThrownBy(() -> RealmKeys.at(realm.jwksUrl(), Optional.of(empty)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> RealmKeys.at(realm.jwksUrl(), Optional.of(garbage)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("garbage.pem");
  }
}
