package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What the database holds, column by column, as an employee reads it. Time budget: 30 seconds
 * beside the system's start.
 */
@FullRunOnly
class PrivacyPageIT {

  private static final String WRAPS = "#table-key_wrap";

  private static PagesFixture pagesFixture;
  private static TestAccount employee;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    employee = pagesFixture.people().employee("/Legal");
  }

  @Test
  void an_employee_finds_the_locked_key_by_keyboard_and_all_of_it_on_paper() {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(employee, "/privacy");
      browser.click("a[href='#database']");
      assertThat(browser.address()).endsWith("/privacy#database");
      browser.waitForExactly("#database", "What the database holds");
      assertThat(browser.all(WRAPS + " td").getFirst().isDisplayed()).isFalse();
      WebElement summary = browser.one(WRAPS + " summary");
      browser.waitForTextIn(WRAPS + " summary", "key_wrap", "Locked copies of the keys of backups");
      summary.sendKeys(Keys.ENTER);
      assertThat(row(browser, "wrapped_key"))
          .contains("Encrypted", "64-digit key", "not the portal, not its database, not IT");
      assertThat(row(browser, "created_at")).contains("Plain", "When it was made.");
      assertThat(browser.all(".hk-contents .hk-state-bad")).as("not described").isEmpty();
      assertThat(hiddenCells(browser)).isPositive();
      browser.cdp("Emulation.setEmulatedMedia", Map.of("media", "print"));
      assertThat(hiddenCells(browser)).as("closed on paper").isZero();
    }
  }

  @Test
  void the_same_is_told_in_japanese() {
    try (Browser browser = pagesFixture.browser("ja")) {
      browser.signIn(employee, "/privacy");
      browser.waitForExactly("#database", "データベースにあるもの");
      browser.one(WRAPS + " summary").click();
      assertThat(row(browser, "wrapped_key")).contains("暗号文", "64 桁の鍵", "IT 部門も開けません");
      assertThat(browser.all(".hk-contents td[lang=en]")).as("not translated").isEmpty();
    }
  }

  private static String row(Browser browser, String column) {
    return browser.saying(WRAPS + " tbody tr", column);
  }

  private static long hiddenCells(Browser browser) {
    return browser
        .lines(
            "return [...document.querySelectorAll('.hk-contents td')]"
                + ".filter(cell => !cell.checkVisibility()).map(cell => cell.textContent)")
        .size();
  }
}
