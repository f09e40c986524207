package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Employees without a mouse. Time budget: 20 seconds beside the system's start. */
@EveryThirdRun
class OwnKeyboardIT {

  private static final String DIALOG = ".ui-confirm-dialog";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void an_employee_opts_out_from_my_backups_by_keyboard_alone_and_takes_it_back() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Keyboard laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      Keyboard keyboard = new Keyboard(browser);
      keyboard.press(Keys.TAB);
      browser.waitForExactly(":focus", "Skip to content");
      keyboard.reach(".hk-nav a[href$='/my/consent']").press(Keys.ENTER);
      browser.waitForText(
          "Opt out of the backup",
          "You opted in",
          "Your devices stop backing up at once",
          "everything is erased");
      keyboard.reach("button[id$=withdraw]").press(Keys.ENTER);
      browser.textOf(DIALOG);
      keyboard.press(Keys.ESCAPE);
      browser.waitFor(_ -> browser.all(DIALOG).stream().noneMatch(WebElement::isDisplayed));
      assertThat(state(participant)).isEqualTo("OPTED_IN");

      keyboard.reach("button[id$=withdraw]").press(Keys.SPACE);
      browser.textOf(DIALOG);
      assertThat(Accessibility.violations(browser)).isEmpty();
      keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
      browser.waitForText("You have opted out.", "You opted out");
      assertThat(browser.text()).doesNotContain("Opt out of the backup");
      assertThat(state(participant)).isEqualTo("WITHDRAWN");

      keyboard.reach("button[id$=takeBack]").press(Keys.ENTER);
      browser.textOf(DIALOG);
      keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
      browser.waitForText("You take part again.");
    }
    assertThat(state(participant)).isEqualTo("OPTED_IN");
  }

  private static String state(PagesFixture.Participant participant) {
    return participant.session().get("/v1/device").field("state");
  }
}
