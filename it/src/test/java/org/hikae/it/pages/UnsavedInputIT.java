package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;

/**
 * What was typed outlives the session, the view and the network. Time budget: 40 seconds beside the
 * system's start.
 */
@EveryThirdRun
class UnsavedInputIT {

  private static final String PAGE = "/admin/campaign-edit";
  private static final String NAME = "[id='edit:name']";
  private static final String DESCRIPTION = "[id='edit:description']";
  private static final String STARTS = "[id='wave:startsAt']";
  private static final String SAVE = "[id='edit:save']";
  private static final String AGAIN = "What you had typed is here again";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  @FullRunOnly
  void what_was_typed_is_there_once_after_signing_in_again() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      begin(browser, pagesFixture.admin());
      browser.cdp("Network.clearBrowserCookies", Map.of());
      browser.one(SAVE).click();
      browser.waitFor(_ -> !browser.all("#username").isEmpty());
      browser.signIn(pagesFixture.admin());
      browser.waitForText(AGAIN);
      assertTyped(browser);
      assertThat(Accessibility.violations(browser)).isEmpty();
      assertThat(kept(browser)).isNull();

      browser.driver().navigate().refresh();
      assertThat(browser.heading()).isNotBlank();
      assertThat(browser.text()).doesNotContain(AGAIN);
      assertThat(browser.one(DESCRIPTION).getDomProperty("value")).isEmpty();
    }
  }

  @Test
  void what_came_back_is_saved_and_nothing_of_it_is_left() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      begin(browser, pagesFixture.admin());
      browser.driver().manage().deleteCookieNamed(PageClient.SESSION);
      browser.one(SAVE).click();
      browser.waitForText(AGAIN);
      assertTyped(browser);
      browser.click(SAVE);
      browser.waitForText("The campaign is a draft: nobody is invited yet.");
      browser.waitForText("For the forgetful", "Two hours of thought");
      assertThat(kept(browser)).isNull();
    }
  }

  @Test
  @FullRunOnly
  void somebody_else_in_the_same_window_gets_nothing_of_it() throws Exception {
    TestAccount other = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(other, "backup-admin");
    try (Browser browser = pagesFixture.browser()) {
      begin(browser, pagesFixture.admin());
      browser.cdp("Network.clearBrowserCookies", Map.of());
      browser.one(SAVE).click();
      browser.waitFor(_ -> !browser.all("#username").isEmpty());
      browser.signIn(other);
      assertThat(browser.one(DESCRIPTION).getDomProperty("value")).isEmpty();
      assertThat(browser.text()).doesNotContain(AGAIN);
      assertThat(kept(browser)).isNull();
    }
  }

  @Test
  @FullRunOnly
  void an_expired_view_leads_back_to_what_was_typed() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      begin(browser, pagesFixture.admin());
      String first = browser.driver().getWindowHandle();
      browser.driver().manage().deleteCookieNamed(PageClient.SESSION);
      browser.driver().switchTo().newWindow(WindowType.TAB);
      browser.open("/my/install");
      assertThat(browser.heading()).isNotBlank();
      browser.driver().close();
      browser.driver().switchTo().window(first);

      browser.one(SAVE).click();
      browser.waitForText("This page has expired");
      assertThat(Accessibility.violations(browser)).isEmpty();
      browser.click("#typed-back a");
      browser.waitForText(AGAIN);
      assertTyped(browser);
    }
  }

  @Test
  @FullRunOnly
  void what_somebody_else_has_saved_meanwhile_stays() throws Exception {
    String name = "Shared " + UUID.randomUUID();
    pagesFixture.change(
        "insert into rollout_campaign (name, description, state, edition, created_at,"
            + " created_by_issuer, created_by_subject)"
            + " values (?, 'Before', 'DRAFT', 1, current_timestamp, 'test', 'test')",
        name);
    try (Browser browser = pagesFixture.browser()) {
      browser.expectStatus(401);
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      assertThat(CampaignPagesIT.listed(browser, name)).contains("Before");
      browser.driver().findElement(By.linkText(name)).click();
      browser.waitForText("Name and gates");
      browser.driver().findElement(By.linkText("Name and gates")).click();
      browser.waitFor(_ -> !browser.all(DESCRIPTION).isEmpty());
      browser.type(NAME, ", renamed");
      browser.type(DESCRIPTION, "Mine");
      pagesFixture.change(
          "update rollout_campaign set description = 'Theirs' where name = ?", name);
      browser.driver().manage().deleteCookieNamed(PageClient.SESSION);
      browser.one(SAVE).click();
      browser.waitForText("Not all of what you had typed could be put back");
      assertThat(browser.one(DESCRIPTION).getDomProperty("value")).isEqualTo("Theirs");
      assertThat(browser.one(NAME).getDomProperty("value")).isEqualTo(name + ", renamed");
    }
  }

  /** The field that is typed into is filled by a script, and knows what stands all the same. */
  @Test
  @FullRunOnly
  void a_time_that_somebody_else_has_saved_meanwhile_stays_and_an_emptied_one_is_empty()
      throws Exception {
    String name = "Timed " + UUID.randomUUID();
    pagesFixture.change(
        "insert into rollout_campaign (name, description, state, edition, created_at,"
            + " created_by_issuer, created_by_subject)"
            + " values (?, 'Before', 'DRAFT', 1, current_timestamp, 'test', 'test')",
        name);
    pagesFixture.change(
        "insert into rollout_wave (campaign_id, number, name, audience, percent, starts_at)"
            + " select campaign_id, 1, 'First', 'PERCENT', 10,"
            + " timestamp with time zone '2999-03-10 09:00:00+00' from rollout_campaign"
            + " where name = ?",
        name);
    long campaign = pagesFixture.number("select max(campaign_id) from rollout_campaign");
    long wave = pagesFixture.number("select max(wave_id) from rollout_wave");
    try (Browser browser = pagesFixture.browser()) {
      browser.expectStatus(401);
      browser.signIn(pagesFixture.admin(), "/admin/wave?campaign=" + campaign + "&waveId=" + wave);
      CampaignPagesIT.start(browser, "2999-04-01T09:00");
      pagesFixture.change(
          "update rollout_wave set starts_at = timestamp with time zone '2999-05-01 09:00:00+00'"
              + " where wave_id = ?",
          wave);
      endSession(browser);
      browser.waitForText("Not all of what you had typed could be put back");
      assertThat(starts(browser)).startsWith("2999-05-01T09:00");

      CampaignPagesIT.start(browser, "");
      endSession(browser);
      browser.waitForText(AGAIN);
      assertThat(starts(browser)).isEmpty();
    }
  }

  /** The instant, which is not shown. */
  private static String starts(Browser browser) {
    return browser.all(STARTS).getFirst().getDomProperty("value");
  }

  private static void endSession(Browser browser) {
    browser.driver().manage().deleteCookieNamed(PageClient.SESSION);
    browser.one("[id='wave:review']").click();
  }

  @Test
  @FullRunOnly
  void without_a_network_the_page_stays_and_is_saved_later() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      begin(browser, pagesFixture.admin());
      network(browser, false);
      try {
        browser.one(SAVE).click();
        browser.waitForText("This was not done: the portal is not available at the moment.");
        assertTyped(browser);
      } finally {
        network(browser, true);
      }
      browser.click(SAVE);
      browser.waitForText("The campaign is a draft: nobody is invited yet.");
      browser.waitForText("Two hours of thought");
    }
  }

  private static void begin(Browser browser, TestAccount testAccount) {
    browser.expectStatus(401);
    browser.signIn(testAccount, PAGE);
    browser.type(NAME, "For the forgetful");
    browser.type(DESCRIPTION, "Two hours of thought");
    browser.click("details:has([id='edit:gate:0:on']) > summary");
    browser.one("[id='edit:gate:0:on']").click();
  }

  private static void assertTyped(Browser browser) {
    assertThat(browser.one(NAME).getDomProperty("value")).isEqualTo("For the forgetful");
    assertThat(browser.one(DESCRIPTION).getDomProperty("value")).isEqualTo("Two hours of thought");
    assertThat(browser.one("[id='edit:gate:0:on']").isSelected()).isFalse();
  }

  private static @Nullable Object kept(Browser browser) {
    return browser.script("return sessionStorage.getItem('hikae.typed')");
  }

  private static void network(Browser browser, boolean on) {
    browser.expect("net::ERR_INTERNET_DISCONNECTED");
    browser.cdp("Network.enable", Map.of());
    browser.cdp(
        "Network.emulateNetworkConditions",
        Map.of("offline", !on, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }
}
