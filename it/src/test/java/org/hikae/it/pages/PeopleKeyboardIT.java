package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * An employee is found and a device revoked without a pointer. Time budget: 60 seconds beside the
 * system's start.
 */
class PeopleKeyboardIT {

  /** Presses of the tab key within which everything on a page is reached. */
  private static final int MAX_STEPS = 60;

  @Test
  void an_employee_is_found_and_a_device_revoked_by_keyboard_alone() throws Exception {
    Office office = Office.open();
    Office.Participant participant = office.participant("Keyboard laptop");
    String username = participant.person().username();
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("helpdesk"), "/admin/overview");
      press(browser, Keys.TAB);
      assertThat(focused(browser).getText()).isEqualTo("Skip to content");
      reach(browser, element -> element.getText().contains("Employees"));
      press(browser, Keys.ENTER);
      browser.waitFor(d -> browser.heading().equals("Employees"));
      reach(browser, element -> "list:text".equals(element.getDomAttribute("id")));
      new Actions(browser.driver()).sendKeys(username).perform();
      browser.waitFor(d -> browser.all("[id='list:table_data'] > tr").size() == 1);
      reach(browser, element -> element.getText().contains(username) && isLink(element));
      press(browser, Keys.ENTER);
      browser.waitFor(d -> browser.heading().contains(username));
      browser.waitForText("Nothing has happened there.");
      reach(
          browser,
          element -> "Revoke Keyboard laptop".equals(element.getDomAttribute("aria-label")));
      press(browser, Keys.ENTER);
      browser.one(".ui-confirm-dialog");
      reach(browser, element -> element.getText().equals("Yes, do it"));
      press(browser, Keys.ENTER);
      browser.waitForText("The device is revoked.");
    }
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
  }

  private static void reach(Browser browser, Predicate<WebElement> wanted) {
    for (int step = 0; step < MAX_STEPS; step++) {
      if (wanted.test(focused(browser))) {
        return;
      }
      press(browser, Keys.TAB);
    }
    throw new AssertionError("not reached by the tab key: " + browser.text());
  }

  private static boolean isLink(WebElement element) {
    return element.getTagName().equals("a");
  }

  private static WebElement focused(Browser browser) {
    return browser.driver().switchTo().activeElement();
  }

  private static void press(Browser browser, Keys key) {
    new Actions(browser.driver()).sendKeys(key).perform();
  }
}
