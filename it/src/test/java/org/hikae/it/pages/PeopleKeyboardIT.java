package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * An employee is found and a device revoked without a pointer. Time budget: 60 seconds beside the
 * system's start.
 */
@EveryThirdRun
class PeopleKeyboardIT {

  @Test
  void an_employee_is_found_and_a_device_revoked_by_keyboard_alone() throws Exception {
    PagesFixture pagesFixture = PagesFixture.open();
    PagesFixture.Participant participant = pagesFixture.participant("Keyboard laptop");
    String username = participant.person().username();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), "/");
      browser.waitForHeading("Overview");
      browser.waitForTextIn("nav", "Employees");
      assertThat(browser.textOf("nav")).doesNotContain("Audit trail");
      Keyboard keyboard = new Keyboard(browser);
      keyboard.press(Keys.TAB);
      browser.waitForExactly(":focus", "Skip to content");
      keyboard.press(Keys.CONTROL, "k");
      browser.waitFor(_ -> browser.all("#find:focus").size() == 1);
      keyboard.press(username).press(Keys.ENTER);
      browser.waitForHeading("Search");
      browser.waitForTextIn("main", username, "Keyboard laptop");
      assertThat(browser.all("main a[href*='/admin/audit']")).as("not for the help desk").isEmpty();
      browser.open("/admin/search?text=Policies");
      browser.waitForText("Nothing is called so");
      keyboard.reach(".hk-nav a[href$='/admin/employees']").press(Keys.ENTER);
      browser.waitForHeading("Employees");
      keyboard.reach("[id='list:text']").press(username);
      browser.waitFor(d -> browser.all("[id='list:table_data'] > tr").size() == 1);
      keyboard.reach("[id='list:table_data'] a").press(Keys.ENTER);
      browser.waitForTextIn("h1", username);
      browser.waitForText("Nothing has happened there.");
      keyboard.reach("button[aria-label='Revoke Keyboard laptop']").press(Keys.ENTER);
      browser.textOf(".ui-confirm-dialog");
      keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
      browser.waitForText("The device is revoked.");
    }
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
  }
}
