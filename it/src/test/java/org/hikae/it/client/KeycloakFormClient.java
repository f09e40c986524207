package org.hikae.it.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person at Keycloak's real pages without a browser: follows redirects inside Keycloak, fills in
 * the form of each page, and stops where Keycloak sends the browser away or asks nothing more.
 *
 * <p>Cookies are kept by name only. Keycloak marks them Secure on localhost, as browsers allow; the
 * JDK's cookie store would not send them over plain HTTP.
 */
public final class KeycloakFormClient {

  private static final int MOST_STEPS = 20;
  private static final Pattern FORM =
      Pattern.compile("<form\\b[^>]*?action=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT =
      Pattern.compile("<(?:input|button)\\b([^>]*)>", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Map<String, String> cookies = new HashMap<>();
  private final String home;
  private final TestAccount testAccount;

  /** What the script of the page puts into the field of a device's code. */
  private String code = "";

  /**
   * A browser with no cookies.
   *
   * @param realm the realm's address; redirects to another host are not followed
   */
  public KeycloakFormClient(URI realm, TestAccount testAccount) {
    this.home = realm.getScheme() + "://" + realm.getAuthority() + "/";
    this.testAccount = testAccount;
  }

  /** Opens an address of Keycloak and gives the first address outside that it leads to. */
  public URI leave(URI start) throws IOException, InterruptedException {
    Object end = walk(start);
    if (end instanceof URI outside) {
      return outside;
    }
    throw new IOException("Keycloak kept the browser on a page:\n" + end);
  }

  /** What Keycloak knows this browser by. */
  Map<String, String> cookies() {
    return Map.copyOf(cookies);
  }

  /** Opens an address of Keycloak, answers every form, and gives the last page's HTML. */
  public String finish(URI start) throws IOException, InterruptedException {
    Object end = walk(start);
    if (end instanceof String page) {
      return page;
    }
    throw new IOException("Keycloak sent the browser to " + end);
  }

  private Object walk(URI start) throws IOException, InterruptedException {
    String behind = start.getFragment();
    code = behind == null ? "" : behind.replaceFirst("^user_code=", "");
    HttpRequest next = HttpRequest.newBuilder(start).GET().build();
    for (int step = 0; step < MOST_STEPS; step++) {
      HttpResponse<String> answer = send(next);
      URI here = answer.uri();
      if (answer.statusCode() / 100 == 3) {
        URI target = here.resolve(answer.headers().firstValue("Location").orElseThrow());
        if (!target.toString().startsWith(home)) {
          return target;
        }
        next = HttpRequest.newBuilder(target).GET().build();
        continue;
      }
      Matcher form = FORM.matcher(answer.body());
      if (answer.statusCode() >= 400 || !form.find()) {
        return answer.body();
      }
      next = filled(here.resolve(unescaped(form.group(1))), form.group(2));
    }
    throw new IOException("Keycloak's pages did not end within " + MOST_STEPS + " steps");
  }

  private HttpRequest filled(URI action, String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher inputs = INPUT.matcher(form);
    while (inputs.find()) {
      Map<String, String> attributes = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(inputs.group(1));
      while (attribute.find()) {
        attributes.put(attribute.group(1), unescaped(attribute.group(2)));
      }
      String name = attributes.getOrDefault("name", "");
      boolean pressed = !"cancel".equals(name) && !"checkbox".equals(attributes.get("type"));
      if (!name.isEmpty() && pressed) {
        fields.put(name, attributes.getOrDefault("value", ""));
      }
    }
    fields.computeIfPresent("device_user_code", (name, old) -> code);
    fields.computeIfPresent("username", (name, old) -> testAccount.username());
    fields.computeIfPresent("password", (name, old) -> testAccount.password());
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(action)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .timeout(Duration.ofSeconds(60))
            // Keycloak has two answers to a device's code; a browser gets the page.
            .header("Accept", "text/html");
    if (!cookies.isEmpty()) {
      builder.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer;
    try (SignInLock _ = SignInLock.of(testAccount)) {
      answer = http.send(builder.build(), BodyHandlers.ofString());
    }
    for (String line : answer.headers().allValues("Set-Cookie")) {
      String pair = line.substring(0, (line + ";").indexOf(';'));
      int equals = pair.indexOf('=');
      String value = pair.substring(equals + 1);
      if (value.isEmpty() || line.contains("Max-Age=0")) {
        cookies.remove(pair.substring(0, equals));
      } else {
        cookies.put(pair.substring(0, equals), value);
      }
    }
    return answer;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String html) {
    return html.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'");
  }
}
