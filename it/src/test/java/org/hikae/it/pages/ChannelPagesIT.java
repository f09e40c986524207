package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Mail and webhook are entered and tried, in a real browser. Mail is not kept here: others would be
 * written to. Time budget: 40 seconds beside the system's start.
 */
@EveryThirdRun
class ChannelPagesIT {

  private static final String SECRET = "only-for-tests-0123456789-abcdefgh";

  @Test
  void mail_is_tried_before_it_is_saved_and_each_fault_stands_at_its_field() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/notices");
      browser.click("[id='notices:channelsSetUp']");
      browser.waitForHeading("Mail and webhook");
      browser.click("[id='mail:test']");
      browser.waitForTextIn("[id='mail:hostFault']", "Enter the name of the mail server");
      browser.type("[id='mail:host']", "no-such-host.invalid");
      browser.type("[id='mail:sender']", "hikae@example.com");
      browser.type("[id='mail:user']", "hikae");
      browser.click("[id='mail:save']");
      browser.waitForTextIn("[id='mail:passwordFault']", "Enter the password.");
      browser.type("[id='mail:password']", "geheim");
      browser.click("[id='mail:test']");
      browser.waitForTextIn(
          "[id='mail:result']", "No computer has that name.", "Check the spelling of the name.");
      // What was typed stays for the next try, and is not in the page.
      browser.type("[id='mail:host']", Keys.chord(Keys.CONTROL, "a") + "localhost");
      browser.click("[id='mail:test']");
      browser.waitForTextIn(
          "[id='mail:result']", "It leads to the portal's own machine", "HIKAE_NOTICES_TO_THIS");
      assertThat(browser.driver().getPageSource()).doesNotContain("geheim");
      browser.open("/admin/notices");
      browser.waitForText("Not set up");
    }
  }

  @Test
  void a_webhook_is_kept_shown_without_its_secrets_and_removed() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/notice-channels");
      browser.type("[id='webhook:url']", "http://hooks.invalid/token");
      browser.click("[id='webhook:save']");
      browser.waitForTextIn("[id='webhook:urlFault']", "begins with https://");
      browser.type("[id='webhook:url']", Keys.chord(Keys.CONTROL, "a") + "https://hooks.invalid/t");
      browser.type("[id='webhook:secret']", SECRET);
      browser.click("[id='webhook:save']");
      browser.waitForText("Saved. It holds from now on", "Kept is https://hooks.invalid/…");
      assertThat(browser.driver().getPageSource())
          .doesNotContain(SECRET, "https://hooks.invalid/t\"");
      browser.click("[id='webhook:test']");
      browser.waitForTextIn("[id='webhook:result']", "No computer has that name.");
      browser.click("[id='webhook:remove']");
      browser.confirm();
      browser.waitForText("Removed.");
    }
  }
}
