package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The page of notices, in a real browser. Time budget: 40 seconds beside the system's start. */
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
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void an_auditor_sees_them_and_changes_nothing_and_the_help_desk_does_not() throws Exception {
    Office office = Office.open();
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("auditor"), "/admin/notices");
      assertThat(browser.heading()).isEqualTo("Notices");
      assertThat(browser.all("button[id$=acknowledge], button[id$=retry]")).isEmpty();
    }
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("helpdesk"), "/admin/notices");
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
    }
  }
}
