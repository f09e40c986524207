package org.hikae.http.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hikae.http.control.ClientNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HK1-R-10: how many connections one address may keep, whatever it does with them. */
@Timeout(60)
class ConnectionLimitHandlerTest {

  private static final int MOST = 2;

  private final ConcurrentMap<ClientNetwork, Integer> open = new ConcurrentHashMap<>();

  private Undertow server;

  @BeforeEach
  void start() {
    HttpHandler served = exchange -> exchange.getResponseSender().send("served");
    HttpHandler busy =
        exchange -> {
          exchange.setStatusCode(503);
          exchange.getResponseSender().send("busy");
        };
    HttpHandler one = new ConnectionLimitHandler(served, MOST, busy, open);
    HttpHandler other = new ConnectionLimitHandler(served, MOST, busy, open);
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                exchange ->
                    (exchange.getRequestPath().equals("/one") ? one : other)
                        .handleRequest(exchange))
            .build();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** A connection, which stays open. */
  private final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader answers;

    Client() throws IOException {
      socket.connect((InetSocketAddress) server.getListenerInfo().getFirst().getAddress());
      answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    /** The status of the answer to a request. */
    int ask(String path) throws IOException {
      String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      int status = Integer.parseInt(answers.readLine().split(" ", 3)[1]);
      int length = 0;
      for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
      }
      answers.skip(length);
      return status;
    }

    boolean ended() throws IOException {
      return answers.read() == -1;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void an_address_keeps_so_many_connections_whichever_application_they_ask() throws Exception {
    try (Client first = new Client();
        Client second = new Client();
        Client third = new Client()) {
      assertThat(first.ask("/one")).isEqualTo(200);
      assertThat(second.ask("/other")).isEqualTo(200);
      assertThat(third.ask("/one")).as("one too many").isEqualTo(503);
      assertThat(third.ended()).as("its connection ends").isTrue();
      assertThat(List.of(first.ask("/other"), second.ask("/one")))
          .as("those that were there before")
          .containsOnly(200);
    }
    // The server learns of their ends in its own time; the test's has a limit.
    while (!open.isEmpty()) {
      Thread.sleep(1);
    }
    try (Client later = new Client()) {
      assertThat(later.ask("/one")).as("who comes after them").isEqualTo(200);
    }
  }
}
