package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The page of notices, in a real browser. Time budget: 90 seconds beside the system's start. */
class NoticesPageIT {

  @Test
  void an_administrator_acknowledges_what_happened() throws Exception {
    Office office = Office.open();
    office.participant("Laptop of the notices");
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/notices");
      assertThat(browser.heading()).isEqualTo("Notices");
      assertThat(browser.text()).contains("Mail", "Not set up", "Employees");
      String sentence = "A new device was added: Laptop of the notices.";
      browser.waitForText(sentence);
      browser.all("[id='notices:outbox_data'] > tr").stream()
          .filter(row -> row.getText().contains(sentence))
          .findFirst()
          .orElseThrow()
          .findElement(By.cssSelector("button[id$=acknowledge]"))
          .click();
      browser.waitForText("The notice is acknowledged.");
      browser.waitFor(
          _ ->
              !browser
                  .one("[id='notices:outbox_data']")
                  .getText()
                  .contains("Laptop of the notices"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en, Only notices of this kind: Way to open the backup added",
    "ja, 次の種類の通知のみ： バックアップを開く方法の追加"
  })
  void a_kind_is_called_by_its_name(String language, String filter) throws Exception {
    Office office = Office.open();
    try (Browser browser = Browser.open(office.stack(), language)) {
      browser.signIn(office.admin(), "/admin/notices?kind=wrap.added");
      assertThat(browser.text()).contains(filter).doesNotContain("wrap.added");
    }
  }

  @Test
  void employees_read_what_they_were_told_and_nothing_of_others() throws Exception {
    Office office = Office.open();
    Office.Participant reader = office.participant("Laptop of the reader");
    office.participant("Laptop of somebody else");
    try (Browser browser = office.browser()) {
      browser.signIn(reader.person(), "/my/backups");
      assertThat(browser.one("[id='own:notices_data']").getText())
          .contains("A new device was added: Laptop of the reader.", "Please look")
          .contains("The backup is set up and in use.")
          .doesNotContain("somebody else");
    }
  }

  @Test
  void an_administrator_adds_a_recipient_changes_it_and_removes_it() throws Exception {
    Office office = Office.open();
    String team = "Team " + UUID.randomUUID();
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/notices");
      browser.click("[id='notices:add']");
      assertThat(browser.heading()).isEqualTo("Add a recipient");
      browser.type("[id='edit:name']", team);
      browser.click("[id='edit:save']");
      browser.waitForText("Mail takes 1 to 20 addresses, one a line");
      assertThat(browser.one("[id='edit:name']").getDomProperty("value")).isEqualTo(team);
      browser.type("[id='edit:addresses']", "team@example.com");
      browser.type("[id='edit:timeZone']", Keys.chord(Keys.CONTROL, "a") + "Asia/Tokyo");
      browser.click("[id='edit:save']");
      browser.waitForText("The recipient is saved.");
      assertThat(row(browser, team).getText())
          .contains("backup-admin", "team@example.com", "Asia/Tokyo", "Everything but information");

      row(browser, team).findElement(By.cssSelector("a[id$=change]")).click();
      browser.waitFor(_ -> browser.heading().equals("Change"));
      new Select(browser.one("[id='edit:kinds']")).selectByVisibleText("Everything");
      new Select(browser.one("[id='edit:audience']")).selectByVisibleText("the employee concerned");
      browser.waitFor(_ -> browser.all("[id='edit:addresses']").isEmpty());
      browser.click("[id='edit:save']");
      browser.waitForText("The recipient is saved.");
      assertThat(row(browser, team).getText())
          .contains("the employee concerned")
          .doesNotContain("team@example.com");

      row(browser, team).findElement(By.cssSelector("button[id$=remove]")).click();
      assertThat(browser.one(".ui-confirm-dialog").getText()).contains(team);
      browser.confirm();
      browser.waitForText("The recipient is removed.");
      browser.waitFor(_ -> !browser.one("[id='notices:recipients_data']").getText().contains(team));
    }
  }

  private static WebElement row(Browser browser, String name) {
    return browser.all("[id='notices:recipients_data'] > tr").stream()
        .filter(row -> row.getText().contains(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_auditor_sees_them_and_changes_nothing_and_the_help_desk_does_not() throws Exception {
    Office office = Office.open();
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("auditor"), "/admin/notices");
      assertThat(browser.heading()).isEqualTo("Notices");
      assertThat(browser.all("button[id$=acknowledge], button[id$=retry]")).isEmpty();
      assertThat(browser.all("[id='notices:add'], a[id$=change], button[id$=remove]")).isEmpty();
      browser.expectStatus(403);
      browser.open("/admin/notice-recipient");
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
    }
    try (Browser browser = office.browser()) {
      browser.expectStatus(403);
      browser.signIn(office.people().named("helpdesk"), "/admin/notices");
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
    }
  }
}
