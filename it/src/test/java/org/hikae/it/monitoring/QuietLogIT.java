package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.PortalLog;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What anybody may send leaves no trace in the log that is longer than what they sent, is a command
 * to a terminal, or looks like a defect. Time budget: 20 seconds beside the system's start.
 */
@EveryThirdRun
class QuietLogIT {

  private static final int TIMEOUT_MILLIS = 60_000;

  /** Above what a client needs, below what is kept in memory for it (configure.cli). */
  private static final int TOO_MUCH = 40_000;

  private static final List<String> PATHS =
      List.of(
          "/api/health/ready",
          "/api/v1/device",
          "/api/nothing",
          "/api/restic/00112233445566778899aabbccddeeff/config",
          "/signed-out",
          "/my/backups",
          "/jakarta.faces.resource/nothing.css.xhtml?ln=hikae");

  private static final List<String> IDS =
      List.of(
          "abc",
          "-1",
          "0",
          "1.5",
          "1e3",
          "99999999999999999999",
          "1%3Bx",
          "%1B%5B31m",
          "%3C!--%3Cscript%3E",
          "x".repeat(300));

  private static final List<String> PAGES_ABOUT_ONE =
      List.of(
          "/admin/employee?id=",
          "/admin/device?id=",
          "/admin/campaign?id=",
          "/admin/campaign-edit?id=",
          "/admin/wave?campaign=",
          "/admin/wave?waveId=1&campaign=",
          "/admin/policy?of=",
          "/admin/policy?of=employee/",
          "/admin/notice-recipient?recipient=");

  private static final List<String> FILTERS =
      List.of(
          "/admin/audit?from=",
          "/admin/audit?action=",
          "/admin/devices?deviceState=",
          "/admin/devices?age=",
          "/admin/devices?order=",
          "/admin/employees?optIn=",
          "/admin/employees?failed=",
          "/admin/employees?lastRun=",
          "/admin/notices?kind=");

  /** What a form says about the page that it belongs to. */
  private static final List<String> STATES =
      List.of(
          "jakarta.faces.ViewState=",
          "jakarta.faces.ViewState=abc",
          "jakarta.faces.ViewState=:",
          "jakarta.faces.ViewState=1:2",
          "jakarta.faces.ViewState=-1%3A-1%3A",
          "jakarta.faces.ViewState=stateless",
          "jakarta.faces.ViewState=%07%1B%5B31m",
          "jakarta.faces.ViewState=" + "x".repeat(9_000),
          "jakarta.faces.ViewState=abc&jakarta.faces.RenderKitId=none",
          "jakarta.faces.RenderKitId=none",
          "jakarta.faces.ViewState=1:2&jakarta.faces.ClientWindow=none",
          "jakarta.faces.ViewState=1:2&jakarta.faces.ViewState=abc");

  private static Stack stack;

  @BeforeAll
  static void open() throws Exception {
    stack = TestCompany.on(StackDatabase.Kind.H2).stack();
  }

  @Test
  void headers_of_anybody_are_not_repeated() throws Exception {
    String mark = UUID.randomUUID().toString();
    List<String> headers =
        List.of(
            "Accept: text/html\u0007" + mark,
            "Accept: text/html;q=zz" + mark,
            "Accept: \u001b[31m" + mark,
            "Accept: " + mark + "x".repeat(20_000),
            "Accept-Language: e\u0007n;q=" + mark,
            "Content-Type: te\u0007xt/" + mark,
            "User-Agent: \u0007" + mark,
            "Cookie: \u0007" + mark,
            "Cookie: a=\u0007" + mark + "; b=c",
            "Cookie: __Host-hikae=\u001b[31m" + mark,
            "Cookie: __Host-hikae=\"" + mark,
            "Cookie: $Version=1; a=\u0001\"" + mark,
            "Cookie: " + mark + "=" + "\u0007".repeat(5_000),
            "X-Request-Id: \u0007" + mark,
            "Authorization: Bearer \u0007" + mark,
            "Authorization: Basic \u0007" + mark);
    for (String path : PATHS) {
      for (String header : headers) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header;
        assertThat(raw(request + "\r\nConnection: close\r\n\r\n"))
            .as("%s %s", path, header)
            .isBetween(200, 499);
      }
    }
    for (Path log : List.of(stack.portalFolder().resolve("log/server.log"), stack.portalLog())) {
      assertThat(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
          .isNotEmpty()
          .doesNotContain(mark)
          .doesNotContain("\u0007");
    }
  }

  @Test
  void forms_of_no_page_leave_no_trace() throws Exception {
    List<PageClient> visitors =
        List.of(
            PageClient.anonymous(stack),
            PageClient.signedIn(
                stack, TestCompany.on(StackDatabase.Kind.H2).people().named("admin")));
    List<String> others = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    for (PageClient visitor : visitors) {
      for (String page : List.of("/signed-out", "/privacy", "/admin/employees")) {
        for (String state : STATES) {
          for (String more : List.of("", "&jakarta.faces.partial.ajax=true")) {
            HttpResponse<String> answer =
                visitor.ask(
                    page,
                    ask ->
                        ask.header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(state + more)));
            // Who has to sign in first is answered before a request gets its id.
            answer.headers().firstValue(PortalLog.REQUEST).ifPresent(requests::add);
            if (answer.statusCode() >= 500) {
              others.add(page + " " + state + more + " " + answer.statusCode());
            }
          }
        }
      }
    }
    assertThat(visitors.getFirst().cookies()).doesNotContainKey(PageClient.SESSION);
    assertThat(others).isEmpty();
    assertThat(PortalLog.lines(stack)).filteredOn(line -> tellsOf(line, requests)).isEmpty();
  }

  @Test
  void an_address_has_no_parameters_in_its_path_and_digits_of_ascii_only() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    PageClient admin = PageClient.signedIn(stack, company.people().named("admin"));
    TestAccount testAccount = company.employee();
    assertThat(company.agentOf(testAccount).get("/v1/enrollment").status()).isEqualTo(200);
    String search = "/v1/admin/employees?search=" + testAccount.username();
    String id = company.admin().get(search).json().at("/employees/0/employeeId").asText();
    assertThat(admin.ask("/admin/employee?id=" + id).statusCode()).isEqualTo(200);
    for (String other :
        List.of(
            "/admin/employee;a=b?id=" + id,
            "/admin/employee;?id=" + id,
            "/admin;a=b/employee?id=" + id,
            "/admin/employee?id=" + wide(id),
            "/admin/employee?id=%2B" + id,
            "/admin/employee?id=0" + id,
            "/admin/employee?id=%20" + id,
            "/admin/policy?of=employee/" + wide(id),
            "/privacy;jsessionid=1",
            "/signed-out;a=b")) {
      assertThat(admin.ask(other).statusCode()).as(other).isEqualTo(404);
    }
    assertThat(PageClient.anonymous(stack).ask("/signed-out;a=b").statusCode()).isEqualTo(404);
  }

  /** In the digits that a Japanese keyboard writes. */
  private static String wide(String digits) {
    return digits
        .chars()
        .mapToObj(digit -> Character.toString(digit - '0' + '０'))
        .map(digit -> URLEncoder.encode(digit, StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  @Test
  void an_address_that_cannot_be_decoded_is_refused_without_a_trace() throws Exception {
    for (String address : List.of("/api/health/%FF", "/api/restic/%ED%A0%80/config")) {
      String request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close";
      assertThat(raw(request + "\r\n\r\n")).as(address).isEqualTo(400);
    }
    assertThat(PortalLog.lines(stack))
        .noneMatch(line -> line.path("message").asText().contains("Failed to parse request"));
  }

  @Test
  void headers_have_a_bound() throws Exception {
    String request = "GET /signed-out HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-A: ";
    assertThat(raw(request + "x".repeat(20_000) + "\r\n\r\n")).isEqualTo(200);
    assertThat(raw(request + "x".repeat(TOO_MUCH) + "\r\n\r\n")).isEqualTo(400);
  }

  @Test
  void an_address_of_nothing_is_a_missing_page_and_no_defect() throws Exception {
    PageClient admin =
        PageClient.signedIn(stack, TestCompany.on(StackDatabase.Kind.H2).people().named("admin"));
    Random random = new Random(TestEffort.seed());
    List<String> others = new ArrayList<>();
    List<String> requests = new ArrayList<>();
    for (String page : PAGES_ABOUT_ONE) {
      for (String id : some(random)) {
        HttpResponse<String> answer = admin.ask(page + id);
        requests.add(answer.headers().firstValue(PortalLog.REQUEST).orElse(""));
        if (answer.statusCode() != 404 || !answer.body().contains("There is no such page")) {
          others.add(page + id + " " + answer.statusCode());
        }
      }
    }
    for (String page : FILTERS) {
      for (String value : some(random)) {
        HttpResponse<String> answer = admin.ask(page + value);
        requests.add(answer.headers().firstValue(PortalLog.REQUEST).orElse(""));
        if (answer.statusCode() >= 500) {
          others.add(page + value + " " + answer.statusCode());
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(PortalLog.lines(stack)).filteredOn(line -> tellsOf(line, requests)).isEmpty();
  }

  /** In a short run three of them for each page. */
  private static List<String> some(Random random) {
    List<String> ids = new ArrayList<>(IDS);
    Collections.shuffle(ids, random);
    return TestScope.ofThisRun().takesAllOf(QuietLogIT.class) ? ids : ids.subList(0, 3);
  }

  /** Whether a line is about one of these requests, or about a page that failed behind them. */
  private static boolean tellsOf(JsonNode line, List<String> requests) {
    return requests.contains(PortalLog.request(line))
        || line.path("message").asText().matches("UT005023.* /admin/.*");
  }

  /** The status of the answer. The bytes go as they are, which no client would send. */
  private static int raw(String request) throws IOException {
    URI portal = stack.portalUrl();
    try (Socket socket =
        stack
            .httpClient()
            .sslContext()
            .getSocketFactory()
            .createSocket(portal.getHost(), portal.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 ");
      return Integer.parseInt(answer.substring(9, 12));
    }
  }
}
