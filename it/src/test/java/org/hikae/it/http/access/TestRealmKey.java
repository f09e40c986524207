package org.hikae.it.http.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.stack.KeycloakServer;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * A key that the realm publishes as one of its own and a test has, for tokens that say what
 * Keycloak never says and are signed as if it had. Keycloak itself signs nothing with it.
 */
final class TestRealmKey implements AutoCloseable {

  private static final String TYPE = "org.keycloak.keys.KeyProvider";
  private static final int BITS = 2048;

  private final KeycloakServer keycloak;
  private final RsaJsonWebKey key;
  private final String component;

  private TestRealmKey(KeycloakServer keycloak, RsaJsonWebKey key, String component) {
    this.keycloak = keycloak;
    this.key = key;
    this.component = component;
  }

  /** Makes one; whoever checks tokens knows it when they next ask Keycloak for its keys. */
  static TestRealmKey publish(KeycloakServer keycloak)
      throws IOException, InterruptedException, JoseException {
    RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
    String name = "test-" + TextCodec.hex(ApiDevice.random(8));
    Map<String, List<String>> config =
        Map.of(
            "priority", List.of("0"),
            "enabled", List.of("true"),
            "active", List.of("false"),
            "algorithm", List.of(AlgorithmIdentifiers.RSA_USING_SHA256),
            "privateKey",
                List.of(Base64.getEncoder().encodeToString(key.getPrivateKey().getEncoded())));
    keycloak.admin(
        "POST",
        "/components",
        Map.of("name", name, "providerId", "rsa", "providerType", TYPE, "config", config));
    String component =
        keycloak
            .admin("GET", "/components?type=" + TYPE + "&name=" + name, Map.of())
            .get(0)
            .get("id")
            .asText();
    for (JsonNode known : keycloak.admin("GET", "/keys", Map.of()).get("keys")) {
      if (known.path("providerId").asText().equals(component)) {
        key.setKeyId(known.get("kid").asText());
      }
    }
    return new TestRealmKey(keycloak, key, component);
  }

  /** What tokens name it by. */
  String id() {
    return key.getKeyId();
  }

  /** What everybody may have of it. */
  PublicKey publicKey() {
    return key.getPublicKey();
  }

  /** A token with this signature. */
  String sign(JwtClaims claims) throws JoseException {
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return token.getCompactSerialization();
  }

  @Override
  public void close() throws IOException {
    try {
      keycloak.admin("DELETE", "/components/" + component, Map.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
