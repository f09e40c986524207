package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** The page of notices, in a real browser. Time budget: 90 seconds beside the system's start. */
@EveryThirdRun
class NoticesPageIT {

  private static final String RECIPIENTS = "[id='notices:recipients_data'] > tr";

  @Test
  void an_administrator_acknowledges_what_happened() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/start");
      // Not before: the page shows the newest, and others make some, too.
      PagesFixture.Participant participant = pagesFixture.participant("Laptop of the notices");
      browser.open("/admin/notices");
      browser.waitForHeading("Notices");
      browser.waitForText("Mail", "Not set up", "Employees");
      String sentence = "A new device was added: Laptop of the notices.";
      browser.waitForText(sentence, participant.person().username());
      browser.clickIn("[id='notices:outbox_data'] > tr", sentence, "button[id$=acknowledge]");
      browser.waitForText("The notice is acknowledged.");
      browser.waitFor(
          _ -> !browser.textOf("[id='notices:outbox_data']").contains("Laptop of the notices"));
    }
  }

  @Test
  void the_bell_tells_each_reader_how_many_they_have_not_read() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    TestAccount reader = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(reader, "backup-admin");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(reader, "/admin/notices");
      // Others make some, too.
      browser.reopenUntil("/admin/notices", () -> bell(browser).equals("Notices"));
      pagesFixture.change(
          "insert into notice (created_at, kind, detail) values (current_timestamp, ?, ?)",
          NoticeKind.CAMPAIGN_HALTED.code(),
          "{}");
      browser.reopenUntil("/help", () -> bell(browser).matches("Notices, \\d+\\+? unread"));
      assertThat(browser.one("#bell .hk-unread").isDisplayed()).isTrue();
      Accessibility.requireInEachLook(browser);
      browser.click("#bell");
      browser.waitForHeading("Notices");
      browser.reopenUntil("/admin/notices", () -> bell(browser).equals("Notices"));
      browser.reopenUntil("/help", () -> browser.all("#bell .hk-unread").isEmpty());
    }
  }

  private static String bell(Browser browser) {
    return String.valueOf(browser.one("#bell").getDomAttribute("aria-label"));
  }

  @ParameterizedTest
  @CsvSource({
    "en, Only notices of this kind: Way to open the backup added",
    "ja, 次の種類の通知のみ： バックアップを開く方法の追加"
  })
  @FullRunOnly
  void a_kind_is_called_by_its_name(String language, String filter) throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser browser = pagesFixture.browser(language)) {
      browser.signIn(pagesFixture.admin(), "/admin/notices?kind=wrap.added");
      browser.waitForText(filter);
      assertThat(browser.text()).doesNotContain("wrap.added");
    }
  }

  @Test
  void an_administrator_adds_a_recipient_changes_it_and_removes_it() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    String team = "Team " + UUID.randomUUID();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/notices");
      browser.click("[id='notices:add']");
      browser.waitForHeading("Add a recipient");
      browser.type("[id='edit:name']", team);
      browser.click("[id='edit:save']");
      browser.waitForText("Mail takes 1 to 20 addresses, one a line");
      assertThat(browser.one("[id='edit:name']").getDomProperty("value")).isEqualTo(team);
      browser.type("[id='edit:addresses']", "team@example.com");
      browser.type("[id='edit:timeZone']", Keys.chord(Keys.CONTROL, "a") + "Asia/Tokyo");
      browser.click("[id='edit:save']");
      browser.waitForText("The recipient is saved.");
      assertThat(browser.saying(RECIPIENTS, team))
          .contains("backup-admin", "team@example.com", "Asia/Tokyo", "Everything but information");

      browser.clickIn(RECIPIENTS, team, "a[id$=change]");
      browser.waitForHeading("Change");
      new Select(browser.one("[id='edit:kinds']")).selectByVisibleText("Everything");
      browser.click("[id='edit:save']");
      browser.waitForText("The recipient is saved.");

      browser.clickIn(RECIPIENTS, team, "a[id$=change]");
      browser.waitForHeading("Change");
      new Select(browser.one("[id='edit:audience']")).selectByVisibleText("the employee concerned");
      browser.waitFor(_ -> browser.all("[id='edit:addresses']").isEmpty());
      browser.click("[id='edit:save']");
      browser.waitForText("a second administrator has to approve it");
      assertThat(browser.saying(RECIPIENTS, team)).contains("team@example.com");
      approve(pagesFixture, team, "EMPLOYEE");
      browser.open("/admin/notices");
      assertThat(browser.saying(RECIPIENTS, team))
          .contains("the employee concerned")
          .doesNotContain("team@example.com");

      browser.clickIn(RECIPIENTS, team, "button[id$=remove]");
      browser.waitForTextIn(".ui-confirm-dialog", team);
      browser.confirm();
      browser.waitForText("a second administrator has to approve it");
      assertThat(browser.saying(RECIPIENTS, team)).contains("the employee concerned");
      approve(pagesFixture, team, "is removed");
      browser.open("/admin/notices");
      browser.waitFor(_ -> !browser.textOf("[id='notices:recipients_data']").contains(team));
    }
  }

  /** The second administrator sees what would be done, and agrees. */
  private static void approve(PagesFixture pagesFixture, String team, String what)
      throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("admin2"), "/admin/approvals");
      browser.waitForText(team);
      assertThat(browser.saying("section.pol-request", team)).contains(what);
      browser.clickIn("section.pol-request", team, "button[id$=approve]");
      browser.confirm();
      browser.waitForText("Approved. The change is made.");
    }
  }

  @Test
  @FullRunOnly
  void an_auditor_sees_them_and_changes_nothing() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/notices");
      browser.waitForHeading("Notices");
      assertThat(browser.all("button[id$=acknowledge], button[id$=retry]")).isEmpty();
      assertThat(browser.all("[id='notices:add'], a[id$=change], button[id$=remove]")).isEmpty();
    }
  }
}
