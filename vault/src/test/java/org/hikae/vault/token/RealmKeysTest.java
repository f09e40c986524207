package org.hikae.vault.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys over HTTPS, with a certificate that only the configured file vouches for. */
@DisplayName("HK1-V-03: keys over HTTPS")
class RealmKeysTest {

  @TempDir private Path directory;

  @Test
  void keys_come_only_from_a_server_the_configured_certificates_vouch_for() throws Exception {
    SelfSignedKey own =
        SelfSignedKey.make(
            directory.resolve("server.p12"), "changeit", "localhost", "-ext", "SAN=ip:127.0.0.1");
    Path certificate = Files.writeString(directory.resolve("server.pem"), own.pem());
    RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
    HttpsServer server = serve(own, new JWKSet(key.toPublicJWK()));
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/certs");
      JWKSelector any = new JWKSelector(new JWKMatcher.Builder().build());

      assertThat(RealmKeys.at(url, Optional.of(certificate)).get(any, null)).hasSize(1);
      assertThatThrownBy(() -> RealmKeys.at(url, Optional.empty()).get(any, null))
          .isInstanceOf(KeySourceException.class);
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer serve(SelfSignedKey own, JWKSet keys) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    byte[] body = keys.toString().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/certs",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
