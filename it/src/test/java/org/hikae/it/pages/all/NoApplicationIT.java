package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people and programs are told by a server in which there is no application. Each starts a
 * server of its own. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
class NoApplicationIT {

  private static Stack stack;
  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.on(StackDatabase.Kind.POSTGRESQL);
    stack = pagesFixture.stack();
  }

  @Test
  void a_server_without_the_application_shows_the_same_page_at_every_address(@TempDir Path temp)
      throws Exception {
    Path broken = Files.writeString(temp.resolve("broken.ear"), "no application");
    try (Stack.SecondPortal empty =
            stack.refusedPortal(Map.of("HIKAE_PORTAL_EAR", broken.toString()));
        Browser browser = pagesFixture.browser()) {
      requireAwayEverywhere(empty.url());
      browser.expectStatus(503);
      browser.driver().get(empty.url() + "/admin/employees?text=a");
      browser.waitForHeading(DatabaseDownIT.AWAY);
      browser.click("section:not([lang]) a");
      assertThat(browser.address()).isEqualTo(empty.url() + "/admin/employees?text=a");
      assertThat(Accessibility.violations(browser)).isEmpty();
    }
  }

  @Test
  void a_portal_that_refused_to_start_shows_that_page_too_and_not_what_is_wrong() throws Exception {
    String hasty = stack.db().url() + "?options=-c%20synchronous_commit%3Doff";
    try (Stack.SecondPortal refused = stack.refusedPortal(Map.of("HIKAE_DB_URL", hasty));
        Browser browser = pagesFixture.browser()) {
      // The server takes it out a moment after it has failed.
      browser.waitFor(_ -> get(refused.url(), "/").statusCode() == 503);
      requireAwayEverywhere(refused.url());
    }
  }

  private static void requireAwayEverywhere(URI portal) {
    for (String path :
        List.of("/", "/admin/employees?text=a", "/api/v1/device", "/api/health/ready")) {
      HttpResponse<String> answer = get(portal, path);
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
      assertThat(answer.body())
          .contains(DatabaseDownIT.AWAY, DatabaseDownIT.AWAY_IN_JAPANESE)
          .doesNotContain("Exception", "synchronous_commit");
    }
  }

  private static HttpResponse<String> get(URI portal, String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(portal + path)).build();
    try {
      return stack.httpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
