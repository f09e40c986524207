package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.it.client.KeycloakFormClient;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.junit.jupiter.api.Test;

/**
 * What a browser has to remember while a person signs in to the pages travels over TLS only and is
 * out of reach of scripts and other sites, from the first answer on. Time budget: 15 seconds beside
 * the system's start.
 */
class CookiesIT {

  private static final int MOST_STEPS = 10;

  private final Map<String, String> jar = new LinkedHashMap<>();
  private final List<String> seen = new ArrayList<>();

  @Test
  void every_cookie_of_a_sign_in_is_for_tls_only_and_not_for_scripts_or_other_sites()
      throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    HttpResponse<String> page = signIn(company, company.employee());

    assertThat(page.body()).contains("</html>");
    // State, PKCE verifier and nonce before the sign-in, the session after it, and deletions.
    assertThat(seen.stream().map(CookiesIT::name))
        .contains("OAuth_Token_Request_State", "code_verifier", "session_random_value")
        .contains(PageClient.SESSION);
    assertThat(seen).anyMatch(CookiesIT::deletes);
    assertThat(seen).allMatch(line -> attributes(line).contains("secure"));
    assertThat(seen)
        .filteredOn(line -> !deletes(line))
        .allMatch(line -> attributes(line).contains("httponly"))
        // Said and not left to browsers, which are laxer with a cookie that says nothing.
        .allMatch(line -> attributes(line).contains("samesite=lax"));
    // What browsers ask of a name that begins so; otherwise they would not keep it.
    assertThat(seen)
        .filteredOn(line -> name(line).startsWith("__Host-") && !deletes(line))
        .isNotEmpty()
        .allMatch(line -> attributes(line).contains("path=/"))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("domain="));
  }

  private HttpResponse<String> signIn(TestCompany company, TestAccount testAccount)
      throws IOException, InterruptedException {
    HttpClient http = company.stack().httpClient();
    String portal = company.stack().portalUrl().toString();
    URI here = URI.create(portal + "/");
    for (int step = 0; step < MOST_STEPS; step++) {
      HttpResponse<String> answer = send(http, here);
      if (answer.statusCode() / 100 != 3) {
        assertThat(answer.statusCode()).as("%s after %s", here, seen).isEqualTo(200);
        return answer;
      }
      URI next = here.resolve(answer.headers().firstValue("Location").orElseThrow());
      here =
          next.toString().startsWith(portal)
              ? next
              : new KeycloakFormClient(company.stack().keycloakUrl(), testAccount).leave(next);
    }
    throw new AssertionError("no page within " + MOST_STEPS + " steps, last at " + here);
  }

  private HttpResponse<String> send(HttpClient http, URI address)
      throws IOException, InterruptedException {
    // As browsers do; who does not ask for a page is answered 401 instead of being led to sign in.
    HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/html");
    if (!jar.isEmpty()) {
      request.header(
          "Cookie",
          jar.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    for (String line : answer.headers().allValues("Set-Cookie")) {
      seen.add(line);
      if (deletes(line)) {
        jar.remove(name(line));
      } else {
        jar.put(name(line), value(line));
      }
    }
    return answer;
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf('='));
  }

  private static String value(String line) {
    return line.substring(line.indexOf('=') + 1, (line + ";").indexOf(';'));
  }

  private static boolean deletes(String line) {
    return value(line).replace("\"", "").isEmpty();
  }

  private static List<String> attributes(String line) {
    return Arrays.stream(line.toLowerCase(Locale.ROOT).split(";", -1))
        .skip(1)
        .map(String::strip)
        .toList();
  }
}
