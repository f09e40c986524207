package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/**
 * Hasty and forgetful people: a double click, the same page in two tabs, the back button. Whatever
 * they do is done once. Time budget: 30 seconds beside the system's start.
 */
@FullRunOnly
class OneEffectIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void a_double_click_acts_once() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Hasty laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      new Actions(browser.driver()).doubleClick(browser.one("button[id$=pause]")).perform();
      browser.waitForText("The device is paused.");
      browser.one("button[id$=resume]");
    }
    assertThat(events("device.pause", participant)).isEqualTo(1);
    assertThat(events("device.resume", participant)).isZero();
  }

  @Test
  void what_one_tab_has_done_the_other_does_not_do_again() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Tabbed laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      String first = browser.driver().getWindowHandle();
      browser.driver().switchTo().newWindow(WindowType.TAB);
      browser.open("/my/backups");
      browser.click("button[id$=revoke]");
      browser.confirm();
      browser.waitForText("The device is revoked.");
      browser.driver().close();

      browser.driver().switchTo().window(first);
      browser.click("button[id$=pause]");
      browser.waitFor(_ -> browser.all("button[id$=pause]").isEmpty());
      browser.waitForTextIn("[id='own:devices_data']", "Revoked");
    }
    assertThat(events("device.revoke", participant)).isEqualTo(1);
    assertThat(events("device.pause", participant)).isZero();
  }

  @Test
  void the_back_button_shows_what_is_and_repeats_nothing() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Backward laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/consent");
      browser.click("button[id$=withdraw]");
      browser.confirm();
      browser.waitForText("You have opted out.");
      browser.open("/my/backups");
      browser.driver().navigate().back();
      browser.waitForText("You opted out");
      assertThat(browser.all("button[id$=withdraw]")).isEmpty();
      browser.driver().navigate().refresh();
      browser.waitForText("You opted out");
    }
    assertThat(events("consent.withdraw", participant)).isEqualTo(1);
  }

  private static long events(String action, PagesFixture.Participant participant)
      throws SQLException {
    try (var connection = pagesFixture.stack().db().asOwner();
        var count =
            connection.prepareStatement(
                "select count(*) from audit_event join device using (employee_id)"
                    + " where action = ? and device_id = ?")) {
      count.setString(1, action);
      count.setString(2, participant.device().id());
      var rows = count.executeQuery();
      rows.next();
      return rows.getLong(1);
    }
  }
}
