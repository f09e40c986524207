package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Administrators without a mouse: a campaign with picked people, the search, a policy and its
 * approval. Time budget: 90 seconds beside the system's start.
 */
@FullRunOnly
class AdminKeyboardIT {

  private static final String HOLD = "[data-key='holdDays']";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void a_campaign_with_two_waves_and_picked_people_is_made_and_started() throws Exception {
    TestAccount person = pagesFixture.people().employee("/Legal");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      Keyboard keyboard = new Keyboard(browser);
      keyboard.reach("[id='rollout:sync']").press(Keys.ENTER);
      browser.waitForText("The directory was read.");
      keyboard.reach("#new").press(Keys.ENTER);
      browser.waitForHeading("New campaign");
      keyboard.reach("[id='edit:name']").press("By keys alone");
      keyboard.reach("[id='edit:wave:0:audience']").press(Keys.ARROW_DOWN);
      keyboard.reach("[id='edit:wave:0:sought']").press(person.username(), Keys.ENTER);
      browser.waitForTextIn(".cam-found", person.username());

      // The focus stays where it was, also when the answer is slow and the browser has taken it
      // from the disabled button, so that the next key does not go astray.
      browser.cdp("Network.enable", Map.of());
      browser.cdp(
          "Network.emulateNetworkConditions",
          Map.of(
              "offline", false, "latency", 500, "downloadThroughput", -1, "uploadThroughput", -1));
      keyboard.reach(".cam-found button", "Add").press(Keys.ENTER);
      browser.waitForTextIn(".cam-chips", person.username());
      browser.waitForExactly(":focus", "Remove");
      keyboard.press(Keys.ENTER);
      browser.waitFor(_ -> browser.all(".cam-chips").isEmpty());
      browser.waitForExactly(":focus", "Add");
      keyboard.press(Keys.ENTER);
      browser.waitForTextIn(".cam-chips", person.username());
      keyboard.reach(".cam-chips button").press(Keys.ENTER);
      browser.waitFor(_ -> browser.all(".cam-chips").isEmpty());
      browser.waitFor(_ -> browser.all("[id='edit:wave:0:sought']:focus").size() == 1);
      keyboard.reach(".cam-found button", "Add").press(Keys.ENTER);
      browser.waitForTextIn(".cam-chips", person.username());

      keyboard.reach("[id='edit:save']").press(Keys.ENTER);
      browser.waitForText("The campaign is a draft: nobody is invited yet.");
      browser.waitForExactly(".cam-names", "Test " + person.username());
      keyboard.reach("[id='campaign:start']").press(Keys.ENTER);
      agree(browser, keyboard);
      browser.waitForText("The campaign runs.");
    }
  }

  @Test
  void a_page_is_found_and_a_template_filled_in() throws Exception {
    String department = department(0);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      Keyboard keyboard = new Keyboard(browser);
      keyboard.press(Keys.CONTROL, "k");
      browser.waitFor(_ -> browser.all("#find:focus").size() == 1);
      keyboard.press("Policies", Keys.ENTER);
      browser.waitForHeading("Search");
      keyboard.reach("main a[href$='/admin/policies']").press(Keys.ENTER);
      browser.waitForHeading("Policies");
      browser.open("/admin/policy?of=group/" + department);
      keyboard.reach("[id='policy:template:0:fill']").press(Keys.ENTER);
      browser.waitForText("Nothing is saved yet.");
      keyboard.reach("[id='policy:review']").press(Keys.ENTER);
      browser.waitForText("Before you save");
      assertThat(browser.textOf("#diff")).isNotBlank();
      keyboard.reach("[id='policy:back']").press(Keys.ENTER);
      browser.waitFor(_ -> browser.all("#review-card").isEmpty());
    }
  }

  @Test
  void a_policy_is_weakened_and_the_second_administrator_agrees() throws Exception {
    String department = department(60);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/policy?of=group/" + department);
      Keyboard keyboard = new Keyboard(browser);
      if (!browser.all(HOLD + " input").getFirst().isDisplayed()) {
        keyboard.reach(".pol-part:has(" + HOLD + ") > summary").press(Keys.ENTER);
      }
      keyboard.reach(HOLD + " input").press(Keys.CONTROL, "a");
      keyboard.press("3", Keys.ENTER);
      browser.waitForText("a second administrator has to approve it");
      keyboard.reach("[id='policy:reason']").press("Disks are full");
      keyboard.reach("[id='policy:typed']").press("group/" + department);
      keyboard.reach("[id='policy:save']").press(Keys.ENTER);
      browser.waitForText("Nothing has changed yet");
    }
    TestAccount second = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(second, "backup-admin");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(second, "/admin/approvals");
      Keyboard keyboard = new Keyboard(browser);
      keyboard
          .reach(".pol-request:has(a[href$='" + department + "']) button[id$=approve]")
          .press(Keys.ENTER);
      agree(browser, keyboard);
      browser.waitForText("Approved. The change is made.");
    }
  }

  private static void agree(Browser browser, Keyboard keyboard) {
    browser.textOf(".ui-confirm-dialog");
    keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
  }

  /** A department of one person that has a policy, if there are days to hold. */
  private static String department(int holdDays) throws Exception {
    String department = pagesFixture.department();
    if (holdDays > 0) {
      ApiReply made =
          pagesFixture
              .adminApi()
              .json(
                  "PUT",
                  "/v1/admin/policies/scopes/group/" + department,
                  Map.of(
                      "replaces",
                      0,
                      "rank",
                      800_000 + Math.floorMod(department.hashCode(), 100_000),
                      "values",
                      Map.of("holdDays", holdDays)));
      assertThat(made.status()).as("%s", made).isEqualTo(200);
    }
    return department;
  }
}
