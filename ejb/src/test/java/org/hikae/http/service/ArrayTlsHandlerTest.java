package org.hikae.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.ssl.SslConnection;

/** Each connection of the API works in arrays from its first request on, once and no more. */
@Timeout(60)
@EveryThirdRun
class ArrayTlsHandlerTest {

  private final Queue<SSLEngine> engines = new ConcurrentLinkedQueue<>();

  private SSLContext context;
  private Undertow server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    context =
        SelfSignedKey.make(
                folder.resolve("server.p12"),
                "only-for-this-test",
                "localhost",
                "-ext",
                "san=dns:localhost")
            .context();
    server =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", context)
            .setHandler(
                RequestHandlerChain.ofApi(Map.of(), _ -> {}, _ -> {})
                    .wrap(new BlockingHandler(this::echo)))
            .build();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private void echo(HttpServerExchange exchange) throws IOException {
    var connection = (AbstractServerConnection) exchange.getConnection();
    engines.add(
        UndertowXnioSsl.getSslConduit((SslConnection) connection.getChannel()).getSSLEngine());
    byte[] body = exchange.getInputStream().readAllBytes();
    exchange.setResponseContentLength(body.length);
    exchange.getOutputStream().write(body);
    exchange.getOutputStream().close();
  }

  @Test
  void bodies_go_both_ways_as_they_are() throws Exception {
    int port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    URI address = URI.create("https://localhost:" + port + "/");
    Random random = new Random(1);
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build()) {
      for (int length : new int[] {1, 20_000, 3_000_000, 17}) {
        byte[] body = new byte[length];
        random.nextBytes(body);
        HttpRequest request =
            HttpRequest.newBuilder(address).PUT(BodyPublishers.ofByteArray(body)).build();
        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
      }
    }
    assertThat(engines).hasSize(4).hasOnlyElementsOfType(ArrayTlsEngine.class);
    assertThat(engines.stream().distinct()).as("of one connection").hasSize(1);
  }
}
