package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/**
 * What those see who run the backup, in a real browser through the real sign-on. Time budget: 60
 * seconds beside the system's start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class AdminPagesIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  @FullRunOnly
  void the_first_steps_say_what_is_done_and_lead_to_what_is_not() throws Exception {
    pagesFixture.backUp(pagesFixture.participant("First laptop"));
    // One person alone is not yet a directory.
    pagesFixture.participant("Second laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/start");
      // Others publish texts and say what holds for everybody.
      ApiClient admin = pagesFixture.adminApi();
      browser.reopenUntil(
          "/admin/start", () -> states(browser).subList(2, 4).equals(textsAndPolicy(admin)));
      List<String> states = states(browser);
      assertThat(states).hasSize(10);
      assertThat(states.getFirst()).isEqualTo("Done");
      assertThat(states.get(1)).isIn("Done", "If you like");
      assertThat(states.subList(4, 7))
          .as("mail, a second administrator, packages")
          .isSubsetOf("Done", "If you like");
      assertThat(states.subList(7, 9)).containsOnly("Done");
      assertThat(states.getLast()).as("a test restore").isIn("Done", "If you like");
      for (WebElement link : browser.all(".hk-steps a")) {
        assertThat(link.getDomAttribute("href")).startsWith("/");
      }
      browser.click(".hk-steps a[href$='/admin/policies']");
      browser.waitForHeading("Policies");
    }
  }

  @Test
  @FullRunOnly
  void a_second_administrator_counts_as_soon_as_they_have_signed_in() throws Exception {
    TestAccount first = pagesFixture.admin();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(first, "/admin/start");
      // Administrators of other tests come and go.
      browser.reopenUntil(
          "/admin/start",
          () -> {
            boolean alone = browser.text().contains("within the last 90 days: 1. Two are needed.");
            if (!alone) {
              forgetAllBut(first);
            }
            return alone;
          });
      try (Browser other = pagesFixture.browser()) {
        other.signIn(pagesFixture.people().named("admin2"), "/help");
      }
      browser.open("/admin/start");
      assertThat(browser.text()).doesNotContain("Two are needed.");
      assertThat(states(browser).get(5)).isEqualTo("Done");
    }
  }

  private static void forgetAllBut(TestAccount person) {
    try {
      pagesFixture.change("delete from notice_reading where subject <> ?", person.id());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> states(Browser browser) {
    return browser.all(".hk-steps .hk-state").stream().map(WebElement::getText).toList();
  }

  /** What the steps about consent texts and about policies are to say. */
  private static List<String> textsAndPolicy(ApiClient admin) {
    JsonNode newest = admin.get("/v1/admin/consent-texts?limit=1").json().at("/versions/0");
    JsonNode policy = admin.get("/v1/admin/policies/scopes/default").json();
    return Stream.of(
            !newest.path("publishedBy").asText().equals("release"),
            policy.path("version").asLong() > 0)
        .map(done -> done ? "Done" : "If you like")
        .toList();
  }

  @Test
  @FullRunOnly
  void an_auditor_sees_the_rollout_and_cannot_change_it() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/rollout");
      browser.waitForHeading("Rollout");
      assertThat(browser.all("[id^='rollout:'][id$=offerAll], [id$=takeBack], [id$=offer]"))
          .isEmpty();
    }
  }

  @Test
  @FullRunOnly
  void employees_are_sorted_by_the_database() throws Exception {
    // Of these two alone: the bytes of others are changed behind the portal's back.
    String name = "sorted-" + UUID.randomUUID().toString().substring(0, 8);
    pagesFixture.backUp(pagesFixture.participant("Largest", name + "-large"));
    pagesFixture.participant("Empty", name + "-empty");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/employees?text=" + name);
      browser.click("th[id$=':stored']");
      browser.waitForExactly("[id='list:table_data'] td:last-child", "0 B");
      browser.click("th[id$=':stored']");
      browser.waitFor(_ -> !browser.textOf("[id='list:table_data'] td:last-child").equals("0 B"));
    }
  }

  @Test
  void a_department_is_offered_the_backup_and_the_offer_is_withdrawn() throws Exception {
    String department = "/" + pagesFixture.department();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      // Others look while the directory is read; what they were shown must not be shown afterwards.
      browser.script(
          "let left = 10; const look = () => fetch('/admin/rollout')"
              + ".then(() => { if (--left > 0) setTimeout(look, 20); }); look();");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.click("button[aria-label='Offer " + department + "']");
      browser.waitForText("The backup is offered.");
      browser.click("button[aria-label='Withdraw " + department + "']");
      browser.waitForTextIn(".ui-confirm-dialog", department);
      browser.confirm();
      browser.waitForText("The offer is withdrawn.");
      browser.open("/admin/audit?object=group:" + department);
      browser.waitForText("Backup offered", "Offer withdrawn");
    }
  }
}
