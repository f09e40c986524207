package org.hikae.vault.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.token.FakeRealm;
import org.hikae.vault.token.KeycloakTokenVerifier;
import org.hikae.vault.token.RealmKeys;
import org.hikae.vault.token.TokenBinding;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A portal in wrong hands, which is sent tokens of an employee and relays sealed messages, at a
 * vault that wants bound tokens. The tokens are real, and so is their check.
 */
@DisplayName("HK1-V-43: a token that was taken on its way is worth nothing")
@EveryThirdRun
class StolenTokenTest {

  private static final String PASSWORD = "twelve characters";

  private FakeRealm realm;
  private VaultFixture fixture;
  private TestDevice owner;
  private TestDevice thief;

  @BeforeEach
  void open() throws Exception {
    realm = new FakeRealm();
    fixture = new VaultFixture();
    fixture.tokens =
        new KeycloakTokenVerifier(
            realm.issuer(),
            RealmKeys.at(realm.jwksUrl(), Optional.empty()),
            fixture.clock,
            TokenBinding.REQUIRED);
    fixture.restart();
    owner = device(() -> boundTo(owner));
    thief = device(() -> boundTo(owner));
  }

  @AfterEach
  void close() {
    fixture.close();
    realm.close();
  }

  private TestDevice device(Supplier<String> token) {
    return new TestDevice(
        bytes -> fixture.vault.answer(bytes), fixture.card, fixture.clock, token, fixture.random);
  }

  private String boundTo(TestDevice device) {
    byte[] key = device.deviceKey.publicKey().encode();
    ECKey jwk =
        new ECKey.Builder(
                Curve.P_256,
                Base64URL.encode(Arrays.copyOfRange(key, 27, 59)),
                Base64URL.encode(Arrays.copyOfRange(key, 59, 91)))
            .build();
    try {
      return realm.rs256(
          realm
              .claims(fixture.clock.instant())
              .claim("typ", "DPoP")
              .claim("cnf", Map.of("jkt", jwk.computeThumbprint().toString()))
              .build());
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The kind that the portal is sent with each call, by devices of this release, too. */
  private String forThePortal() {
    return realm.rs256(realm.claims(fixture.clock.instant()).build());
  }

  @Test
  void a_token_that_the_portal_was_sent_registers_nothing_under_a_key_of_its_own() {
    thief = device(this::forThePortal);
    byte[] message = thief.regInit(thief.startRegistration(PASSWORD)).encode();

    assertThat(thief.send(VaultMessageType.REG_INIT, message))
        .isEqualTo(Refused.of(VaultRefusal.TOKEN_REFUSED));
  }

  @ParameterizedTest
  @EnumSource
  void a_bound_token_is_refused_with_another_key_whatever_is_asked(VaultMessageType type) {
    Registered registered = owner.register(PASSWORD);

    assertThat(thief.send(type, new byte[3])).isEqualTo(Refused.of(VaultRefusal.TOKEN_REFUSED));
    assertThat(owner.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }
}
