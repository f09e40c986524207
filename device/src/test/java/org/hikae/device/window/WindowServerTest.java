package org.hikae.device.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.device.window.WindowClient.WindowReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the window answers, and how little of anything others can use of it. */
class WindowServerTest {

  private static final WindowLimits LIMITS =
      new WindowLimits(
          4,
          1000,
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          Duration.ofMillis(40),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  /** More than the system takes for a browser that does not read. */
  private static final int LARGE = 32 * 1024 * 1024;

  private static final byte[] SECRET = {'1', '2'};

  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch large = new CountDownLatch(1);
  private final CountDownLatch busyAsked = new CountDownLatch(2);
  private final Semaphore quiet = new Semaphore(0);
  private volatile boolean busy;
  private WindowServer server;
  private WindowClient client;

  @BeforeEach
  void start() throws Exception {
    start(LIMITS);
  }

  private void start(WindowLimits limits) throws IOException {
    server =
        WindowServer.start(
            new RecordingHandler(),
            Map.of(
                "/", WindowAnswer.of(200, "text/html; charset=utf-8", new byte[] {'p'}),
                "/window.js", WindowAnswer.of(200, "text/javascript", new byte[] {'j'})),
            limits,
            new SecureRandom(),
            nanos::get);
    client = new WindowClient(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private final class RecordingHandler implements WindowHandler {

    @Override
    public WindowAnswer answer(String operation, String language, byte[] body) {
      bodies.add(body);
      if (operation.equals("secret")) {
        bodies.add(SECRET.clone());
        return WindowAnswer.secret("application/json", bodies.getLast());
      }
      if (operation.equals("large-secret")) {
        byte[] secret = new byte[LARGE];
        Arrays.fill(secret, (byte) '1');
        bodies.add(secret);
        large.countDown();
        return WindowAnswer.secret("application/json", secret);
      }
      asked.add(operation + " " + language + " " + new String(body, StandardCharsets.UTF_8));
      return WindowAnswer.json(200, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void started() {
      asked.add("started");
    }

    @Override
    public void quiet() {
      quiet.release();
    }

    @Override
    public boolean isUse(String operation) {
      return !operation.equals("ahead") && !operation.equals("alive");
    }

    @Override
    public boolean needsHeld(String operation) {
      return !operation.equals("alive");
    }

    @Override
    public boolean busy() {
      busyAsked.countDown();
      return busy;
    }
  }

  private String link() {
    return server.link().substring(server.link().indexOf('#') + 1);
  }

  private WindowReply show(String link) throws IOException {
    return client.ask("", "en", "start", "\"" + link + "\"");
  }

  private String token() throws IOException {
    String json = show(link()).body();
    asked.clear();
    return json.substring(1, json.length() - 1);
  }

  @Test
  void what_is_typed_and_what_is_shown_in_secret_is_overwritten() throws Exception {
    String token = token();
    Map<String, String> fields = client.fields(token);
    fields.put("Content-Type", "application/octet-stream");
    WindowReply reply = client.send("POST", "/api/secret", fields, "7\npassword");
    assertThat(reply.body()).isEqualTo("12");
    // The end of the connection, to which the client reads, comes after.
    assertThat(bodies).hasSize(2).allMatch(bytes -> bytes.length > 0 && isBlank(bytes));
    fields.put("Content-Type", "text/plain");
    assertThat(client.send("POST", "/api/secret", fields, "7").status())
        .as("a form can send that")
        .isEqualTo(415);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void what_is_shown_in_secret_is_overwritten_also_when_the_browser_is_gone() throws Exception {
    StringBuilder head = new StringBuilder("POST /api/large-secret HTTP/1.1\r\n");
    client.fields(token()).forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    try (Socket socket = client.connect()) {
      String request = head + "Content-Length: 2\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      assertThat(large.await(1, TimeUnit.MINUTES)).isTrue();
    }
    while (!isBlank(bodies.getLast())) {
      assertThat(Thread.interrupted()).as("in time").isFalse();
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void the_page_shows_its_link_gets_a_token_and_is_answered() throws Exception {
    assertThat(server.address().host()).matches("[0-9a-f]{32}\\.localhost");
    assertThat(client.file("/").body()).isEqualTo("p");
    WindowReply started = show(link());
    assertThat(started.status()).isEqualTo(200);
    assertThat(asked).containsExactly("started");
    String token = started.body().substring(1, started.body().length() - 1);
    assertThat(token).hasSize(43).isNotEqualTo(link());
    assertThat(client.ask(token, "ja", "verdict", "{\"a\":1}").status()).isEqualTo(200);
    assertThat(asked).containsExactly("started", "verdict ja {\"a\":1}");
  }

  /** A dash leaves the field away. The first row is what the page sends. */
  @ParameterizedTest
  @CsvSource({
    "the page itself,                 Host,           OWN,                           200",
    "a page by rebinding its own name, Host,          evil.example:PORT,             421",
    "a page that knows the port,      Host,           127.0.0.1:PORT,                421",
    "a page that knows the port,      Host,           localhost:PORT,                421",
    "no host,                         Host,           -,                             421",
    "a page of another site,          Origin,         https://evil.example,          403",
    "another port of this computer,   Origin,         http://127.0.0.1:80,           403",
    "a page without an origin,        Origin,         null,                          403",
    "not a browser,                   Origin,         -,                             403",
    "a page of another site,          Sec-Fetch-Site, cross-site,                    403",
    "another name below localhost,    Sec-Fetch-Site, same-site,                     403",
    "an address that was typed,       Sec-Fetch-Site, none,                          403",
    "a browser that does not say it,  Sec-Fetch-Site, -,                             403",
    "a form,                          Content-Type,   text/plain,                    415",
    "a form,                          Content-Type,   application/x-www-form-urlencoded, 415",
    "another user of this computer,   Hikae-Token,    -,                             401",
    "another user who guesses,        Hikae-Token,    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,"
        + " 401",
    "more than may be sent,           Content-Length, 1001,                          413",
    "a length that is none,           Content-Length, -5,                            411",
  })
  void only_the_page_is_answered(String who, String field, String value, int status)
      throws Exception {
    Map<String, String> fields = client.fields(token());
    String port = String.valueOf(server.address().port());
    switch (value) {
      case "OWN" -> {
        // As it is.
      }
      case "-" -> fields.remove(field);
      default -> fields.put(field, value.replace("PORT", port));
    }
    assertThat(client.send("POST", "/api/verdict", fields, "{}").status())
        .as(who)
        .isEqualTo(status);
    assertThat(asked).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void a_token_counts_in_its_field_only() throws Exception {
    String token = token();
    Map<String, String> fields = client.fields("");
    fields.put("Cookie", "Hikae-Token=" + token);
    fields.put("Authorization", "Bearer " + token);
    assertThat(client.send("POST", "/api/verdict?Hikae-Token=" + token, fields, "{}").status())
        .isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  @Test
  void what_is_asked_in_another_way_is_told_the_way() throws Exception {
    Map<String, String> fields = client.fields(token());
    for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT", "TRACE")) {
      WindowReply reply = client.send(method, "/api/verdict", fields, "");
      assertThat(reply.status()).as(method).isEqualTo(405);
      assertThat(reply.fields()).as(method).containsEntry("allow", "POST");
    }
    assertThat(client.send("POST", "/window.js", fields, "{}").fields())
        .containsEntry("allow", "GET");
    assertThat(client.file("/").fields()).doesNotContainKey("allow");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_field_that_stands_twice_counts_for_neither() throws Exception {
    String token = token();
    StringBuilder head = new StringBuilder("POST /api/verdict HTTP/1.1\r\n");
    client.fields(token).forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    String twice = head + "Host: evil.example\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(client.raw(twice.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(421);
    Map<String, String> chunked = client.fields(token);
    chunked.put("Transfer-Encoding", "chunked");
    assertThat(client.send("POST", "/api/verdict", chunked, "2\r\n{}\r\n0\r\n\r\n").status())
        .isEqualTo(411);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_link_that_is_shown_a_second_time_ends_what_it_opened() throws Exception {
    String token = token();
    assertThat(client.ask(token, "en", "verdict", "{}").status()).isEqualTo(200);
    assertThat(show(new StringBuilder(link()).reverse().toString()).status()).isEqualTo(401);
    assertThat(client.ask(token, "en", "verdict", "{}").status()).as("a guess").isEqualTo(200);
    assertThat(show(link()).status()).isEqualTo(401);
    assertThat(client.ask(token, "en", "verdict", "{}").status()).isEqualTo(401);
    assertThat(show(link()).status()).isEqualTo(401);
    server.awaitEnd();
  }

  @Test
  void a_link_opens_for_two_minutes() throws Exception {
    nanos.set(Duration.ofMinutes(2).toNanos());
    assertThat(show(link()).status()).isEqualTo(401);
    assertThat(asked).isEmpty();
    server.awaitEnd();
  }

  @Test
  void files_go_into_no_frame_and_no_page_of_others() throws Exception {
    Map<String, String> fields = Map.of("Host", server.address().authority());
    assertThat(with(fields, "Sec-Fetch-Dest", "iframe", "/")).isEqualTo(403);
    assertThat(with(fields, "Sec-Fetch-Dest", "document", "/")).isEqualTo(200);
    assertThat(with(fields, "Sec-Fetch-Site", "cross-site", "/window.js")).isEqualTo(403);
    assertThat(with(fields, "Sec-Fetch-Site", "same-origin", "/window.js")).isEqualTo(200);
    assertThat(with(fields, "Accept", "*/*", "/../secrets.json")).isEqualTo(404);
    assertThat(with(Map.of("Host", "evil.example"), "Accept", "*/*", "/")).isEqualTo(421);
  }

  private int with(Map<String, String> fields, String field, String value, String path)
      throws IOException {
    Map<String, String> all = new java.util.LinkedHashMap<>(fields);
    all.put(field, value);
    all.put("Connection", "close");
    return client.send("GET", path, all, "").status();
  }

  @Test
  void nothing_is_kept_framed_sniffed_or_loaded_from_elsewhere() throws Exception {
    String policy = client.file("/").fields().get("content-security-policy");
    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe", "http:", "*");
    assertThat(client.ask("", "en", "verdict", "{}").fields())
        .containsEntry("cache-control", "no-store")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("x-frame-options", "DENY")
        .hasEntrySatisfying("permissions-policy", off -> assertThat(off).contains("camera=()"))
        .containsEntry("cross-origin-opener-policy", "same-origin")
        .containsEntry("cross-origin-resource-policy", "same-origin")
        .doesNotContainKeys("access-control-allow-origin", "set-cookie");
  }

  @Test
  void a_head_without_end_is_refused() throws Exception {
    assertThat(
            client
                .raw(
                    ("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(400);
    String many = "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(100) + "\r\n";
    assertThat(client.raw(many.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
    assertThat(client.raw("Hello?\r\n\r\n".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(400);
  }

  @Test
  void who_is_silent_or_slow_makes_room_and_is_dropped() throws Exception {
    String token = token();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * LIMITS.connections(); i++) {
        Socket socket = client.connect();
        socket
            .getOutputStream()
            .write("POST /api/verdict HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
        silent.add(socket);
      }
      assertThat(client.ask(token, "en", "verdict", "{}").status()).isEqualTo(200);
      for (Socket socket : silent.subList(0, 2 * LIMITS.connections())) {
        assertThat(socket.getInputStream().read()).as("dropped").isEqualTo(-1);
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
    server.close();
    start(
        new WindowLimits(
            4,
            1000,
            Duration.ofMillis(50),
            LIMITS.link(),
            LIMITS.quiet(),
            LIMITS.idle(),
            LIMITS.lastAnswers()));
    try (Socket slow = client.connect()) {
      slow.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void it_ends_when_it_is_idle_and_nothing_is_at_work() throws Exception {
    String token = token();
    nanos.set(Duration.ofMillis(90).toNanos());
    assertThat(client.ask(token, "en", "verdict", "{}").status()).isEqualTo(200);
    nanos.set(Duration.ofMillis(180).toNanos());
    busy = true;
    Thread waiting = Thread.ofVirtual().start(this::awaitEnd);
    client.ask("no token", "en", "verdict", "{}");
    nanos.set(Duration.ofMillis(190).toNanos());
    assertThat(busyAsked.await(1, TimeUnit.MINUTES)).as("asked twice while at work").isTrue();
    assertThat(waiting.isAlive()).isTrue();
    busy = false;
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void what_the_page_asks_without_anybody_keeps_it_open_no_longer() throws Exception {
    String token = token();
    nanos.set(LIMITS.idle().toNanos());
    assertThat(client.ask(token, "en", "ahead", "{}").status()).isEqualTo(200);
    Thread waiting = Thread.ofVirtual().start(this::awaitEnd);
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void what_is_held_for_the_page_goes_each_time_it_asks_for_nothing() throws Exception {
    String token = token();
    Thread waiting = Thread.ofVirtual().start(this::awaitEnd);
    for (int i = 1; i <= 2; i++) {
      nanos.addAndGet(LIMITS.quiet().toNanos());
      quiet.acquire();
      assertThat(client.ask(token, "en", "ahead", "{}").status()).isEqualTo(200);
      assertThat(quiet.tryAcquire()).as("once for each time").isFalse();
    }
    server.end();
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void looking_whether_the_window_is_there_holds_nothing() throws Exception {
    String token = token();
    nanos.addAndGet(LIMITS.quiet().toNanos() / 2);
    assertThat(client.ask(token, "en", "alive", "{}").status()).isEqualTo(200);
    nanos.addAndGet(LIMITS.quiet().toNanos() / 2);
    Thread waiting = Thread.ofVirtual().start(this::awaitEnd);
    quiet.acquire();
    server.end();
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void it_ends_when_its_page_wants_that() throws Exception {
    String token = token();
    assertThat(client.ask(token, "en", "verdict", "{}").status()).isEqualTo(200);
    Thread waiting = Thread.ofVirtual().start(this::awaitEnd);
    server.end();
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
    server.close();
    assertThatThrownBy(() -> client.file("/")).isInstanceOf(IOException.class);
  }

  private void awaitEnd() {
    try {
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void it_listens_on_every_address_of_the_computer_itself_and_on_no_other() throws Exception {
    List<InetAddress> all =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    for (InetAddress at : all) {
      if (at.isLoopbackAddress()) {
        client.connect(at).close();
      } else {
        assertThatThrownBy(() -> client.connect(at).close())
            .as(at.toString())
            .isInstanceOf(IOException.class);
      }
    }
    assertThat(all).anyMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void a_port_that_somebody_has_at_either_address_is_left_to_them() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
      Queue<Integer> ports = new ArrayDeque<>(List.of(taken.getLocalPort(), 0));
      List<ServerSocket> listening = WindowServer.listeners(ports::remove);
      assertThat(listening)
          .hasSize(2)
          .extracting(ServerSocket::getLocalPort)
          .doesNotContain(taken.getLocalPort());
      for (ServerSocket each : listening) {
        each.close();
      }
      assertThatThrownBy(() -> WindowServer.listeners(taken::getLocalPort))
          .isInstanceOf(BindException.class);
    }
  }
}
