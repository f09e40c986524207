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
      browser.waitForText("Nothing found");
      keyboard.reach(".hk-nav a[href$='/admin/employees']").press(Keys.ENTER);
      browser.waitForHeading("Employees");
      // Enter finds, too: the first button of the form would clear what was typed.
      keyboard.reach("[id='list:text']").press(username).press(Keys.ENTER);
      browser.waitFor(d -> browser.all("[id='list:table_data'] > tr").size() == 1);
      assertThat(browser.one("[id='list:text']").getDomProperty("value")).isEqualTo(username);
      keyboard.reach("[id='list:table_data'] a").press(Keys.ENTER);
      browser.waitForTextIn("h1", username);
      browser.waitForText("Nothing has happened there.");
      keyboard.reach("button[aria-label='Revoke Keyboard laptop']").press(Keys.ENTER);
      browser.textOf(".ui-confirm-dialog");
      keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
      browser.waitForText("The device is revoked.");
      aLinkToAPartKeepsTheFocusWhenPartsCome(browser);
      timesGoOnWhileThePageIsOpen(browser);
    }
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
  }

  private static void aLinkToAPartKeepsTheFocusWhenPartsCome(Browser browser) {
    for (int number = 1; number <= 6; number++) {
      append(browser, "h2", "Part " + number);
    }
    browser.waitForTextIn("#parts", "Part 3", "Part 6");
    browser.script(
        "[...document.querySelectorAll('#parts a')].find(a => a.textContent === 'Part 3').focus()");
    append(browser, "h2", "Part 7");
    browser.waitForTextIn("#parts", "Part 7");
    browser.waitForExactly(":focus", "Part 3");
  }

  private static void timesGoOnWhileThePageIsOpen(Browser browser) {
    append(browser, "time", "some time");
    String script =
        "var time = document.querySelector('#main > time');"
            + "time.dateTime = new Date(Date.now() - arguments[0] * 3600000).toISOString();";
    browser.script(script + "time.className = 'hk-time'; time.append('');", 2);
    browser.waitForTextIn("#main > time", "2 hours ago");
    browser.script(script + "document.dispatchEvent(new Event('visibilitychange'));", 3);
    browser.waitForTextIn("#main > time", "3 hours ago");
  }

  private static void append(Browser browser, String kind, String text) {
    browser.script(
        "var added = document.createElement(arguments[0]); added.textContent = arguments[1];"
            + "document.getElementById('main').append(added)",
        kind,
        text);
  }
}
