package org.hikae.vault.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SettableClock;
import org.hikae.vault.port.TokenRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which key a token is for. */
@DisplayName("HK1-V-43: a bound token is for its key only")
@EveryThirdRun
class TokenBindingTest {

  /** The key of RFC 9449, figure 2, as SubjectPublicKeyInfo, and its thumbprint of figure 9. */
  private static final byte[] KEY =
      HexFormat.of()
          .parseHex(
              "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                  + hex("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs")
                  + hex("9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"));

  private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:00:00Z"));
  private final byte[] other = SigningKey.generate(new SecureRandom()).publicKey().encode();
  private FakeRealm realm;

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64));
  }

  @BeforeEach
  void open() throws Exception {
    realm = new FakeRealm();
  }

  @AfterEach
  void close() {
    realm.close();
  }

  private JWTClaimsSet.Builder claims() {
    return realm.claims(clock.instant());
  }

  private JWTClaimsSet.Builder bound() {
    return claims().claim("typ", "DPoP").claim("cnf", Map.of("jkt", THUMBPRINT));
  }

  private void verify(TokenBinding binding, JWTClaimsSet.Builder claims, byte[] key)
      throws TokenRefusedException, IOException {
    KeycloakTokenVerifier verifier =
        new KeycloakTokenVerifier(
            realm.issuer(), RealmKeys.at(realm.jwksUrl(), Optional.empty()), clock, binding);
    assertThat(verifier.verify(realm.rs256(claims.build()), key).subject())
        .isEqualTo("2f6f7a0e-alice");
  }

  @ParameterizedTest
  @EnumSource
  void a_token_is_taken_with_the_key_it_is_bound_to(TokenBinding binding) throws Exception {
    verify(binding, bound(), KEY);
    // The type is Keycloak's; what binds is the thumbprint.
    verify(binding, bound().claim("typ", "Bearer"), KEY);
    verify(binding, bound().claim("typ", null), KEY);
  }

  @ParameterizedTest
  @EnumSource
  void with_any_other_key_it_is_refused(TokenBinding binding) {
    assertThatThrownBy(() -> verify(binding, bound(), other))
        .isInstanceOf(TokenRefusedException.class)
        .hasMessageContaining("another key");
  }

  @ParameterizedTest
  @EnumSource
  void what_is_bound_in_a_way_that_is_not_checked_is_refused(TokenBinding binding) {
    Map<String, Object> confirmations = new LinkedHashMap<>();
    confirmations.put("nothing", Map.of());
    confirmations.put("a certificate", Map.of("x5t#S256", THUMBPRINT));
    confirmations.put("a number", Map.of("jkt", 7));
    confirmations.put("a part of the thumbprint", Map.of("jkt", THUMBPRINT.substring(1)));
    confirmations.put("no object", THUMBPRINT);
    confirmations.forEach(
        (name, confirmation) ->
            assertThatThrownBy(() -> verify(binding, claims().claim("cnf", confirmation), KEY))
                .as(name)
                .isInstanceOf(TokenRefusedException.class));
    assertThatThrownBy(() -> verify(binding, claims().claim("typ", "DPoP"), KEY))
        .as("bound, and not to what")
        .isInstanceOf(TokenRefusedException.class);
  }

  @Test
  void a_token_that_is_bound_to_no_key_is_taken_only_where_that_is_allowed() throws Exception {
    verify(TokenBinding.OPTIONAL, claims(), other);
    assertThatThrownBy(() -> verify(TokenBinding.REQUIRED, claims(), other))
        .isInstanceOf(TokenRefusedException.class)
        .hasMessageContaining("bound-tokens");
  }
}
