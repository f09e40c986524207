package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import java.util.Map;
import org.hikae.it.caller.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;

/**
 * What the database holds, column by column, as an employee reads it. Time budget: 30 seconds
 * beside the system's start.
 */
class PrivacyPageIT {

  private static final String WRAPS = "#table-key_wrap";
  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private static Office office;
  private static Person employee;

  @BeforeAll
  static void open() throws Exception {
    office = Office.open();
    employee = office.people().employee("/Legal");
  }

  @Test
  void an_employee_finds_the_locked_key_by_keyboard() {
    try (Browser browser = office.browser()) {
      browser.signIn(employee, "/privacy");
      browser.click("a[href='#database']");
      assertThat(browser.address()).endsWith("/privacy#database");
      assertThat(browser.one("#database").getText()).isEqualTo("What the database holds");
      assertThat(browser.all(WRAPS + " td").getFirst().isDisplayed()).isFalse();
      WebElement summary = browser.one(WRAPS + " summary");
      assertThat(summary.getText()).contains("key_wrap", "Locked copies of the keys of backups");
      summary.sendKeys(Keys.ENTER);
      assertThat(row(browser, "wrapped_key"))
          .contains("Encrypted", "64-digit key", "not the portal, not its database, not IT");
      assertThat(row(browser, "created_at")).contains("Plain", "When it was made.");
      assertThat(browser.all(".hk-contents .hk-state-bad")).as("not described").isEmpty();
    }
  }

  @Test
  void the_same_is_told_in_japanese() {
    try (Browser browser = Browser.open(office.stack(), "ja")) {
      browser.signIn(employee, "/privacy");
      assertThat(browser.one("#database").getText()).isEqualTo("データベースにあるもの");
      browser.one(WRAPS + " summary").click();
      assertThat(row(browser, "wrapped_key")).contains("暗号文", "64桁のキー", "IT 部門も開けません");
      assertThat(browser.all(".hk-contents td[lang=en]")).as("not translated").isEmpty();
    }
  }

  @Test
  void all_of_it_can_be_read_by_everybody_in_light_and_dark_and_on_paper() {
    try (Browser browser = office.browser()) {
      browser.signIn(employee, "/privacy");
      for (String scheme : new String[] {"light", "dark"}) {
        browser.prefer(scheme);
        script(browser, "document.querySelectorAll('details').forEach(d => d.open = true)");
        List<Rule> violations =
            new AxeBuilder().withTags(WCAG).analyze(browser.driver()).getViolations();
        assertThat(violations).as(scheme).isEmpty();
      }
      script(browser, "document.querySelectorAll('details').forEach(d => d.open = false)");
      assertThat(hiddenCells(browser)).isPositive();
      ((HasCdp) browser.driver())
          .executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
      assertThat(hiddenCells(browser)).as("closed on paper").isZero();
    }
  }

  private static String row(Browser browser, String column) {
    return browser.all(WRAPS + " tbody tr").stream()
        .map(WebElement::getText)
        .filter(text -> text.startsWith(column))
        .findFirst()
        .orElseThrow();
  }

  private static long hiddenCells(Browser browser) {
    return Long.parseLong(
        script(
            browser,
            "return [...document.querySelectorAll('.hk-contents td')]"
                + ".filter(cell => !cell.checkVisibility()).length"));
  }

  private static String script(Browser browser, String script) {
    return String.valueOf(((JavascriptExecutor) browser.driver()).executeScript(script));
  }
}
