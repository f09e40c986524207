package org.hikae.it.pages.all;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.it.client.PageClient;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.JavascriptExecutor;

/**
 * What another site can do with the browser of somebody who is signed in here: neither show our
 * pages as its own nor act in that person's name. Time budget: 30 seconds beside the system's
 * start.
 */
class PageProtectionIT {

  private static final String REVOKE = "own:devices:0:revoke";
  private static final String VIEW_STATE = "jakarta.faces.ViewState";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @EveryThirdRun
  @Test
  void cookies_stay_out_of_reach_of_scripts_and_of_other_sites() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      browser.click("[id='look:scheme']");
      assertThat(browser.driver().manage().getCookies())
          .extracting(Cookie::getName)
          .contains(PageClient.SESSION, "hikae-scheme");
      assertThat(browser.driver().manage().getCookies()).allMatch(Cookie::isSecure);
      assertThat(browser.driver().manage().getCookieNamed(PageClient.SESSION).isHttpOnly())
          .isTrue();
    }
  }

  @Test
  void no_other_site_can_frame_a_page() throws Exception {
    String frames =
        Stream.of("/signed-out", "/my/backups", "/admin/rollout")
            .map(page -> "<iframe src='" + pagesFixture.stack().portalUrl() + page + "'></iframe>")
            .collect(Collectors.joining());
    try (Browser browser = pagesFixture.browser();
        OtherSite other = OtherSite.showing("<h1>Other site</h1>" + frames)) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      browser.expect("frame-ancestors");
      browser.driver().get(other.url());
      for (int frame = 0; frame < 3; frame++) {
        browser.driver().switchTo().defaultContent().switchTo().frame(frame);
        assertThat(script(browser, "return document.URL"))
            .isEqualTo("chrome-error://chromewebdata/");
      }
      browser.driver().switchTo().defaultContent();
    }
  }

  @EveryThirdRun
  @Test
  void no_other_site_can_act_for_a_person_even_with_the_state_of_their_page() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Wanted laptop");
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(200);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      String state = browser.all("[name='" + VIEW_STATE + "']").getFirst().getDomProperty("value");
      String form =
          "<form method='post' action='"
              + pagesFixture.stack().portalUrl()
              + "/my/backups'>"
              + field("own", "own")
              + field(REVOKE, REVOKE)
              + field(VIEW_STATE, String.valueOf(state))
              + "<button>Win a prize</button></form>";
      try (OtherSite other = OtherSite.showing(form)) {
        browser.driver().get(other.url());
        browser.one("button").click();
        browser.waitFor(_ -> browser.atPortal() && !browser.all("h1").isEmpty());
        browser.open("/my/backups");
        browser.waitForText("Wanted laptop");
        assertThat(participant.session().get("/v1/device").status()).isEqualTo(200);
      }
    }
  }

  @EveryThirdRun
  @Test
  void a_form_counts_only_with_the_state_of_its_page() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Own laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      String nonce = String.valueOf(script(browser, "return PrimeFaces.csp.NONCE_VALUE"));
      String act =
          String.join(
              "&",
              "own=own",
              encoded(REVOKE) + "=" + encoded(REVOKE),
              "primefaces.nonce=" + encoded(nonce));
      String state = browser.all("[name='" + VIEW_STATE + "']").getFirst().getDomProperty("value");
      post(browser, act);
      post(browser, act + "&" + VIEW_STATE + "=1234567890123456789%3A1234567890123456789");
      assertThat(participant.session().get("/v1/device").status()).isEqualTo(200);

      post(browser, act + "&" + VIEW_STATE + "=" + encoded(String.valueOf(state)));
      assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
    }
  }

  private static void post(Browser browser, String body) {
    Object status =
        ((JavascriptExecutor) browser.driver())
            .executeAsyncScript(
                "var done = arguments[arguments.length - 1];"
                    + " fetch('/my/backups', {method: 'POST', body: arguments[0], headers:"
                    + " {'Content-Type': 'application/x-www-form-urlencoded'}})"
                    + ".then(a => done(a.status), e => done(String(e)));",
                body);
    assertThat(status).isInstanceOf(Long.class);
  }

  private static Object script(Browser browser, String source) {
    return ((JavascriptExecutor) browser.driver()).executeScript(source);
  }

  private static String field(String name, String value) {
    return "<input type='hidden' name='" + name + "' value='" + value + "'>";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** A page elsewhere: to the browser 127.0.0.1 is another site than the portal's localhost. */
  private record OtherSite(HttpServer server) implements AutoCloseable {

    static OtherSite showing(String body) throws IOException {
      byte[] page = ("<!DOCTYPE html><title>Other</title>" + body).getBytes(UTF_8);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
          });
      server.start();
      return new OtherSite(server);
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
