package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.hikae.it.client.ApiReply;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.Keys;

/**
 * What people and programs are told while the portal's database is away. Time budget: 60 seconds
 * beside the system's start.
 */
@FullRunOnly
@Isolated // the database that all share is ended
class DatabaseDownIT {

  static final String AWAY = "Hikae is not available at the moment";
  static final String AWAY_IN_JAPANESE = "現在ご利用いただけません";

  /** Pages that say nothing of the database's. */
  private static final List<String> WITHOUT_DATABASE =
      List.of(
          "/my/install",
          "/signed-out",
          "/nothing-here",
          "/error/denied",
          "/error/expired",
          "/error/broken");

  private static Stack stack;
  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.on(StackDatabase.Kind.POSTGRESQL);
    stack = pagesFixture.stack();
  }

  @Test
  void without_the_database_pages_and_programs_are_told_and_pages_come_back() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Patient laptop");
    Map<String, Object> shown = pagesFixture.shown(participant);
    String username = participant.person().username();
    try (Browser browser = pagesFixture.browser()) {
      browser.expectStatus(503);
      browser.signIn(pagesFixture.admin(), "/admin/employees?text=" + username);
      browser.waitForText(username);
      stack.db().kill();
      try {
        String address = browser.address();
        browser.driver().navigate().refresh();
        browser.waitForHeading(AWAY);
        browser.waitForText(AWAY_IN_JAPANESE);
        assertThat(browser.text()).doesNotContain("Exception");
        assertThat(browser.address()).isEqualTo(address);
        assertThat(status(browser)).isEqualTo(503);
        Accessibility.requireInBothSchemes(browser);
        requireToldOnEachPage(browser, shown);
        browser.open("/admin/employees?text=" + username);
        browser.waitForHeading(AWAY);
        requireProblem(participant.session().get("/v1/device"));
      } finally {
        stack.db().restart();
      }
      new Keyboard(browser).reach("section:not([lang]) a").press(Keys.ENTER);
      browser.waitForHeading("Employees");
      browser.waitForText(username);
      assertThat(browser.address()).endsWith("/admin/employees?text=" + username);
    }
  }

  /**
   * All at once, since each waits a second or two for the database that is away; from a page that
   * is there and may ask for others.
   */
  private static void requireToldOnEachPage(Browser browser, Map<String, Object> shown) {
    List<String> pages =
        SitePages.all().stream().filter(page -> !WITHOUT_DATABASE.contains(page)).toList();
    browser.open("/my/install");
    Object told =
        browser.later(
            """
            const [addresses, done] = arguments;
            Promise.all(addresses.map(async address => {
              const answer = await fetch(address);
              const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
              return [answer.status, page.querySelector('h1').textContent.trim()].join(' ');
            })).then(done, failed => done([String(failed)]));
            """,
            pages.stream().map(page -> SitePages.address(page, shown)).toList());
    assertThat((List<?>) told)
        .hasSize(pages.size())
        .allSatisfy(
            one ->
                assertThat(String.valueOf(one)).matches("(200 (?!Something went wrong)|503 ).+"));
  }

  private static void requireProblem(ApiReply refused) {
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("storage-unavailable");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void what_was_typed_stays_when_it_cannot_be_saved() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Typed laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.expectStatus(503);
      browser.signIn(
          pagesFixture.admin(),
          "/admin/employee?id=" + pagesFixture.employeeId(participant.person()));
      browser.type("[id='employee:reason']", "Case 31");
      stack.db().kill();
      try {
        browser.click("[id='employee:setHold']");
        browser.confirm();
        browser.waitForText("This was not done: the portal is not available at the moment.");
        assertThat(Accessibility.violations(browser)).isEmpty();
        assertThat(browser.one("[id='employee:reason']").getDomProperty("value"))
            .isEqualTo("Case 31");
      } finally {
        stack.db().restart();
      }
      browser.click("[id='employee:setHold']");
      browser.confirm();
      browser.waitForText("The legal hold is set.");
      browser.waitForText("Case 31");
      assertThat(browser.text()).doesNotContain("This was not done");
    }
  }

  @Test
  void a_portal_that_starts_before_its_database_waits_for_it() throws Exception {
    stack.killPortal();
    stack.db().kill();
    FutureTask<Boolean> start =
        new FutureTask<>(
            () -> {
              stack.startPortal();
              return true;
            });
    Thread.ofVirtual().start(start);
    try (Browser clock = pagesFixture.browser()) {
      clock.waitFor(_ -> portalSays("The database does not answer yet"));
    } finally {
      stack.db().restart();
    }
    assertThat(start.get()).isTrue();
  }

  private static boolean portalSays(String what) {
    try {
      return Files.readString(stack.portalLog()).contains(what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long status(Browser browser) {
    Object status =
        browser.script("return performance.getEntriesByType('navigation')[0].responseStatus");
    return ((Number) Objects.requireNonNull(status)).longValue();
  }
}
