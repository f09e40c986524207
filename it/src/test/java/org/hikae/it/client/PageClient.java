package org.hikae.it.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.it.stack.Stack;

/**
 * A person's session at the pages without a browser: asks for a page, and for a part of it as
 * PrimeFaces' tables do. For measurements, and for who may open what; what people see is tested in
 * a browser.
 */
public final class PageClient {

  /** What the pages' session is called in a browser. */
  public static final String SESSION = "__Host-hikae";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MOST_REDIRECTS = 10;
  private static final Pattern STATE =
      Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]+)\"");

  private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

  private final Stack stack;
  private final HttpClient http;
  private final URI portal;
  private final Map<String, String> cookies = new HashMap<>();

  private PageClient(Stack stack) {
    this.stack = stack;
    this.http = stack.httpClient();
    this.portal = stack.portalUrl();
  }

  /** A page as it was sent. */
  public record Page(String path, String html) {

    /** What the page's next request has to bring. */
    String state() {
      return found(STATE);
    }

    /** What shows that its scripts are the page's own. */
    String nonce() {
      return found(NONCE);
    }

    private String found(Pattern pattern) {
      Matcher matcher = pattern.matcher(html);
      if (!matcher.find()) {
        throw new IllegalStateException("No " + pattern + " in " + path);
      }
      return matcher.group(1);
    }
  }

  /** Signs in through Keycloak. */
  public static PageClient signedIn(Stack stack, TestAccount testAccount)
      throws IOException, InterruptedException {
    PageClient visitor = new PageClient(stack);
    HttpResponse<String> page = visitor.signIn(testAccount);
    if (page.statusCode() != 200) {
      throw new IOException(page.uri() + " answered " + page.statusCode());
    }
    return visitor;
  }

  /** Signs in with the cookies that there are, and gives the page that comes after it. */
  public HttpResponse<String> signIn(TestAccount testAccount)
      throws IOException, InterruptedException {
    URI here = portal.resolve("/privacy");
    for (int step = 0; step < MOST_REDIRECTS; step++) {
      if (!here.getAuthority().equals(portal.getAuthority())) {
        here = new KeycloakFormClient(stack.keycloakUrl(), testAccount).leave(here);
        continue;
      }
      HttpResponse<String> answer = send(HttpRequest.newBuilder(here).GET());
      if (answer.statusCode() / 100 != 3) {
        return answer;
      }
      here = here.resolve(answer.headers().firstValue("Location").orElseThrow());
    }
    throw new IOException("The sign-in did not end within " + MOST_REDIRECTS + " redirects");
  }

  /** Somebody who has not signed in. */
  public static PageClient anonymous(Stack stack) {
    return new PageClient(stack);
  }

  /** How a path is answered; nobody follows a redirect. */
  public HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return ask(path, HttpRequest.Builder::GET);
  }

  /** The same for any request. */
  public HttpResponse<String> ask(String path, UnaryOperator<HttpRequest.Builder> how)
      throws IOException, InterruptedException {
    return send(how.apply(HttpRequest.newBuilder(portal.resolve(path))));
  }

  /** What its browser keeps of the portal, which somebody could put into another browser. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** The page of this path; anything but 200 fails. */
  public Page open(String path) throws IOException, InterruptedException {
    return new Page(path, ok(HttpRequest.newBuilder(portal.resolve(path)).GET()));
  }

  /** Signs out by the button that each page has. */
  public void signOut() throws IOException, InterruptedException {
    HttpResponse<String> answer = press(open("/privacy"), "session:signOut");
    String next = answer.headers().firstValue("Location").orElse("");
    if (answer.statusCode() != 302 || !next.contains("/signed-out")) {
      throw new IOException("Signing out answered " + answer.statusCode() + " " + next);
    }
  }

  /** Presses a button of an open page; nobody follows a redirect. */
  HttpResponse<String> press(Page page, String button) throws IOException, InterruptedException {
    String body = form(fields(page, button));
    return ask(
        page.path(), ask -> ask.header("Content-Type", FORM).POST(BodyPublishers.ofString(body)));
  }

  /** What the form of a button sends when it is pressed. */
  private static Map<String, String> fields(Page page, String button) {
    Map<String, String> fields = new LinkedHashMap<>();
    String form = button.substring(0, button.indexOf(':'));
    fields.put(form, form);
    fields.put(button, button);
    fields.put("jakarta.faces.ViewState", page.state());
    fields.put("primefaces.nonce", page.nonce());
    return fields;
  }

  /** The same as a whole request, for a test that sends it itself. */
  String pressed(Page page, String button) {
    String body = form(fields(page, button));
    return RawHttpRequest.lines(
            "POST " + page.path() + " HTTP/1.1",
            "Host: localhost",
            "Accept: text/html",
            "Content-Type: " + FORM,
            "Content-Length: " + body.length(),
            cookieLine())
        + body;
  }

  /** The header that says whose session it is. */
  public String cookieLine() {
    return "Cookie: " + SESSION + "=" + cookies.get(SESSION);
  }

  /**
   * Asks a table of an open page for other rows, as PrimeFaces' script does.
   *
   * @param table client id of the table, which lies in the form before the colon
   * @param feature parameters of paging or sorting, without the table's id before them
   */
  public String table(Page page, String table, Map<String, String> feature)
      throws IOException, InterruptedException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("jakarta.faces.partial.ajax", "true");
    fields.put("jakarta.faces.source", table);
    fields.put("jakarta.faces.partial.execute", table);
    fields.put("jakarta.faces.partial.render", table);
    fields.put(table, table);
    feature.forEach((name, value) -> fields.put(table + "_" + name, value));
    String form = table.substring(0, table.indexOf(':'));
    fields.put(form, form);
    fields.put("jakarta.faces.ViewState", page.state());
    fields.put("primefaces.nonce", page.nonce());
    String answer =
        ok(
            HttpRequest.newBuilder(portal.resolve(page.path()))
                .header("Faces-Request", "partial/ajax")
                .header("X-Requested-With", "XMLHttpRequest")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(form(fields))));
    if (!answer.contains("<update id=\"" + table + "\">")) {
      throw new IOException(page.path() + " did not show other rows: " + answer);
    }
    return answer;
  }

  private String ok(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    // As browsers do; who does not ask for a page is answered 401 instead of being led to sign in.
    request.timeout(Duration.ofMinutes(2)).header("Accept", "text/html");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    for (String line : answer.headers().allValues("Set-Cookie")) {
      String pair = line.substring(0, (line + ";").indexOf(';'));
      cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return answer;
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return KeycloakFormClient.encoded(text);
  }
}
