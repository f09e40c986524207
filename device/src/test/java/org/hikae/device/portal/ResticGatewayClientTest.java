package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.hikae.backup.wire.ResticType;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.http.TrustedAuthorities;
import org.hikae.device.state.ResticLogin;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HK1-G-13: lists of restic's objects come page by page. */
@EveryThirdRun
class ResticGatewayClientTest {

  private static final String TYPE = "application/vnd.x.restic.rest.v2";

  private FakeHttpServer server;
  private HttpTransport transport;
  private ResticGatewayClient gateway;

  @BeforeEach
  void connect() throws Exception {
    server = new FakeHttpServer(exchange -> FakeHttpServer.send(exchange, 200, TYPE, "[]"));
    transport =
        new HttpTransport(
            TrustedAuthorities.context(null), RetryPolicy.STANDARD, _ -> {}, new Random(1));
    gateway =
        new ResticGatewayClient(
            new PortalHttpClient(transport, server.uri(), "en"),
            "aa",
            new ResticLogin("name", "password", "2027-01-01T00:00:00Z"));
  }

  @AfterEach
  void disconnect() {
    transport.close();
    server.close();
  }

  private static String entry(long place) {
    return String.format(
        Locale.ROOT, "{\"name\":\"%064x\",\"size\":%d,\"place\":%d}", place, place % 7, place);
  }

  private static long after(HttpExchange exchange) {
    return Long.parseLong(exchange.getRequestURI().getQuery().substring("after=".length()));
  }

  @Test
  void hundreds_of_thousands_are_heard_once_each_and_a_busy_portal_is_asked_again()
      throws Exception {
    int all = 400_000;
    long[] asked = {0};
    server.answer(
        exchange -> {
          if (asked[0]++ % 5 == 3) {
            FakeHttpServer.problem(exchange, 503, "busy");
            return;
          }
          StringBuilder page = new StringBuilder("[");
          long after = after(exchange);
          for (long i = after + 1; i <= Math.min(all, after + ResticType.LIST_PAGE); i++) {
            page.append(i == after + 1 ? "" : ",").append(entry(i));
          }
          FakeHttpServer.send(exchange, 200, TYPE, page.append(']').toString());
        });
    long[] heard = {0};
    gateway.each(
        ResticType.DATA,
        (name, size) -> {
          heard[0]++;
          assertThat(size).isEqualTo(heard[0] % 7);
          assertThat(Long.parseLong(name.hex(), 16)).isEqualTo(heard[0]);
        });
    assertThat(heard[0]).isEqualTo(all);
  }

  @Test
  void a_list_that_does_not_go_on_is_not_believed() {
    server.answer(exchange -> FakeHttpServer.send(exchange, 200, TYPE, "[" + entry(4) + "]"));
    assertNotBelieved();
  }

  @Test
  void a_list_of_short_pages_that_all_lead_on_is_not_believed() {
    server.answer(
        exchange ->
            FakeHttpServer.send(exchange, 200, TYPE, "[" + entry(after(exchange) + 1) + "]"));
    assertNotBelieved();
    assertThat(server.requests()).hasSize(101);
  }

  @Test
  void what_is_no_list_is_not_believed() {
    for (String body :
        new String[] {
          "{\"name\":1}",
          "[{\"name\":\"xy\",\"place\":1}]",
          "[{\"place\":1}]",
          "[null]",
          "[" + entry(1)
        }) {
      server.answer(exchange -> FakeHttpServer.send(exchange, 200, TYPE, body));
      assertNotBelieved();
    }
  }

  @Test
  void a_page_without_end_is_refused() {
    server.answer(ResticGatewayClientTest::endless);
    assertNotBelieved();
  }

  private static void endless(HttpExchange exchange) throws IOException {
    StringBuilder page = new StringBuilder("[");
    for (long i = 1; i < 40_000; i++) {
      page.append(entry(i)).append(',');
    }
    FakeHttpServer.send(exchange, 200, TYPE, page.append(entry(40_000)).append(']').toString());
  }

  private void assertNotBelieved() {
    assertThatThrownBy(() -> gateway.each(ResticType.DATA, (_, _) -> {}))
        .isInstanceOf(AgentException.class);
  }

  @Test
  void a_file_that_is_gone_or_shorter_is_no_failure_of_the_line(@TempDir Path folder)
      throws Exception {
    byte[] bytes = {1, 2, 3};
    Hash256 name = Hash256.sha256(bytes);
    Path file = folder.resolve("pack");
    assertThatThrownBy(() -> gateway.put(ResticType.DATA, name, file, bytes.length))
        .isInstanceOf(NoSuchFileException.class);
    Files.write(file, new byte[] {1});
    assertThatThrownBy(() -> gateway.put(ResticType.DATA, name, file, bytes.length))
        .isInstanceOf(EOFException.class);
    assertThat(server.requests()).as("never sent again").hasSizeLessThanOrEqualTo(2);
    Files.write(file, bytes);
    gateway.put(ResticType.DATA, name, file, bytes.length);
  }
}
