package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Employees without a mouse. Time budget: 20 seconds beside the system's start. */
class OwnKeyboardIT {

  private static Office office;

  @BeforeAll
  static void open() throws Exception {
    office = Office.open();
  }

  @Test
  void an_employee_opts_out_from_my_backups_by_keyboard_alone() throws Exception {
    Office.Participant participant = office.participant("Keyboard laptop");
    try (Browser browser = office.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      Keyboard keyboard = new Keyboard(browser);
      keyboard.press(Keys.TAB);
      assertThat(browser.driver().switchTo().activeElement().getText())
          .isEqualTo("Skip to content");
      keyboard.reach(".hk-nav a[href$='/my/consent']").press(Keys.ENTER);
      browser.waitForText("Opt out of the backup");
      keyboard.reach("button[id$=withdraw]").press(Keys.ENTER);
      browser.one(".ui-confirm-dialog");
      keyboard.press(Keys.ESCAPE);
      browser.waitFor(
          _ -> browser.all(".ui-confirmdialog-yes").stream().noneMatch(e -> e.isDisplayed()));
      assertThat(participant.session().get("/v1/device").field("state")).isEqualTo("OPTED_IN");

      keyboard.reach("button[id$=withdraw]").press(Keys.SPACE);
      browser.one(".ui-confirm-dialog");
      keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
      browser.waitForText("You have opted out.");
    }
    assertThat(participant.session().get("/v1/device").field("state")).isEqualTo("WITHDRAWN");
  }
}
