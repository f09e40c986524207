package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.OidcSignIn;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/**
 * Policies and the second administrator in a real browser through the real sign-on. Time budget: 90
 * seconds beside the system's start.
 */
@EveryThirdRun
class PolicyPagesIT {

  private static final String REQUEST = ".pol-request";
  private static final String SCOPES = "/v1/admin/policies/scopes/";

  private static PagesFixture pagesFixture;
  private static ApiClient admin;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    admin =
        ApiClient.anonymous(pagesFixture.stack())
            .bearer(new OidcSignIn(pagesFixture.stack()).portalToken(pagesFixture.admin()));
  }

  private static int rank(String department) {
    return 700_000 + Math.floorMod(department.hashCode(), 100_000);
  }

  private static void put(String department, long replaces, int holdDays) {
    ApiReply made =
        admin.json(
            "PUT",
            SCOPES + "group/" + department,
            Map.of(
                "replaces",
                replaces,
                "rank",
                rank(department),
                "values",
                Map.of("holdDays", holdDays)));
    assertThat(made.status()).as("%s", made).isEqualTo(200);
  }

  private static void fill(Browser browser, String key, String text) {
    WebElement field = field(browser, key);
    field.clear();
    field.sendKeys(text);
  }

  /** The field of a value, whose part of the form is opened when it is not. */
  private static WebElement field(Browser browser, String key) {
    WebElement field = browser.one("[data-key='" + key + "'] input");
    if (!field.isDisplayed()) {
      browser.click(".pol-part:has([data-key='" + key + "']) > summary");
    }
    return field;
  }

  @Test
  @FullRunOnly
  void a_change_shows_what_it_does_before_it_is_saved() throws Exception {
    String department = pagesFixture.department();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/policy?of=group/" + department);
      browser.waitForHeading("Policy: /" + department);
      browser.click(".pol-jump a[href='#part-limits']");
      browser.waitForTextIn(
          "[data-key='quotaBytes']", "If left empty: 100 GiB (built in)", "0 B to 1024 TiB");

      fill(browser, "quotaBytes", "much");
      browser.click("[id='policy:review']");
      browser.waitForText("Some values cannot be read.");
      fill(browser, "quotaBytes", "1.5");
      browser.click("[id='policy:review']");
      browser.waitForText("Before you save");
      browser.click("[id='policy:back']");
      browser.waitForText("The rank that stands here is free");
      WebElement rank = browser.one("[id='policy:rank']");
      rank.clear();
      // Enter goes on: the first button of the form would fill in a template.
      rank.sendKeys(Integer.toString(rank(department)), Keys.ENTER);
      browser.waitForText("People affected: 1 of 1");
      browser.waitForTextIn("#diff", "Rank", "Quota", "Inherited: 100 GiB", "1536 MiB");
      browser.click("[id='policy:save']");
      browser.waitForText("The policy is saved and holds now.");
      browser.waitForText("Version 1 holds now.");
      assertThat(field(browser, "quotaBytes").getDomProperty("value")).isEqualTo("1536");
      browser.open("/admin/policies");
      browser.waitForTextIn("[id='policies:table']", "/" + department);
      browser.type("[id='policies:sought']", department);
      new Select(browser.one("[id='policies:key']")).selectByVisibleText("Quota");
      browser.click("[id='policies:search']");
      browser.waitForTextIn("[id='policies:table']", "/" + department, "1536 MiB");
      browser.open("/admin/policy?of=group/" + department);
      browser.click("[id='policy:template:2:fill']");
      browser.waitForText("Nothing is saved yet.", "Losing the password or the sheet");
      browser.click("[id='policy:review']");
      browser.waitForTextIn("#diff", "Protection of the key", "Both password and 64-digit key");
    }
  }

  @Test
  @FullRunOnly
  void the_second_of_two_who_edit_sees_both_and_decides() throws Exception {
    String department = pagesFixture.department();
    put(department, 0, 40);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/policy?of=group/" + department);
      put(department, 1, 50);
      fill(browser, "holdDays", "60");
      browser.click("[id='policy:review']");
      browser.waitForText("Before you save");
      browser.click("[id='policy:save']");
      browser.waitForText("Somebody else changed it meanwhile");
      browser.waitForTextIn("#both", "50 days", "60 days");
      browser.click("[id='policy:mine']");
      browser.waitForText("Version 2");
      browser.waitForTextIn("#diff", "50 days", "60 days");
      browser.click("[id='policy:save']");
      browser.waitForText("The policy is saved and holds now.");
      browser.waitForText("Version 3 holds now.");
    }
  }

  @Test
  void what_protects_less_is_made_when_a_second_administrator_agrees() throws Exception {
    String department = pagesFixture.department();
    put(department, 0, 60);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/policy?of=group/" + department);
      fill(browser, "holdDays", "3");
      browser.click("[id='policy:review']");
      browser.waitForText("a second administrator has to approve it");
      browser.type("[id='policy:typed']", "something else");
      browser.click("[id='policy:save']");
      browser.waitForText("please type the word exactly");
      browser.one("[id='policy:typed']").clear();
      browser.type("[id='policy:typed']", "group/" + department);
      browser.click("[id='policy:save']");
      browser.waitForText("please say why");
      browser.type("[id='policy:reason']", "Disks are full");
      browser.click("[id='policy:save']");
      browser.waitForText("Nothing has changed yet");
      browser.open("/admin/approvals");
      assertThat(browser.saying(REQUEST, "/" + department))
          .contains("60 days", "3 days", "You asked for this yourself");
      assertThat(browser.all(requestOf(department) + " button[id$=approve]")).isEmpty();
    }
    TestAccount second = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(second, "backup-admin");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(second, "/admin/approvals");
      assertThat(browser.saying(REQUEST, "/" + department))
          .contains("Time to take back a snapshot", "60 days", "3 days", "Disks are full")
          .contains("People affected:", "This protects people less than before:", "60 days after");
      browser.click(requestOf(department) + " button[id$=approve]");
      browser.waitForTextIn(".ui-confirm-dialog", "Exactly this is done");
      browser.confirm();
      browser.waitForText("Approved. The change is made.");
      browser.open("/admin/policy?of=group/" + department);
      browser.waitForText("Version 2 holds now.", "approved by");
    }
  }

  /** The request about a department, which leads to its policy. */
  private static String requestOf(String department) {
    return REQUEST + ":has(a[href$='" + department + "'])";
  }

  @Test
  @FullRunOnly
  void an_auditor_reads_policies_and_requests_and_can_change_nothing() throws Exception {
    String department = pagesFixture.department();
    put(department, 0, 45);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("auditor"), "/admin/policy?of=group/" + department);
      assertThat(browser.one("[data-key='holdDays'] input").isEnabled()).isFalse();
      assertThat(browser.all("[id='policy:review'], [id='policy:clear']")).isEmpty();
      browser.open("/admin/approvals");
      assertThat(browser.all("button[id$=approve], button[id$=reject]")).isEmpty();
    }
  }
}
