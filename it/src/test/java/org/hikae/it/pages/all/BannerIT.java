package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * What the top of a page says after an act: everybody gets to know it, and it is closed by
 * keyboard. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
class BannerIT {

  private static final String GOOD = ".hk-banners > [role='status'] .hk-banner-good";
  private static final String BAD = ".hk-banners > [role='alert'] .hk-banner-bad";
  private static final String ANY = ".hk-banner";
  private static final String REASON = "[id='employee:reason']";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  private static boolean focusIn(Browser browser, String css) {
    return Boolean.TRUE.equals(
        browser.script("return document.activeElement.closest(arguments[0]) !== null", css));
  }

  /** Marks the live regions: assistive programs hear only what comes into one that stood before. */
  private static void markRegions(Browser browser) {
    browser.script(
        "document.querySelectorAll('.hk-banners > div').forEach(r => r.dataset.before = '')");
  }

  private static void press(Browser browser, String button) {
    browser.click("[id='employee:" + button + "']");
    browser.confirm();
  }

  private static void closeByKeyboard(Browser browser) {
    new Keyboard(browser).reach(".hk-banner-close").press(Keys.ENTER);
    assertThat(browser.all(ANY)).isEmpty();
    assertThat(focusIn(browser, "#main")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | What is already there contradicts this request. Look at the current state and try again. |"
            + " A second administrator is asked to lift the hold. Until one agrees, it stands. |"
            + " The legal hold is set. | Close this message",
        "ja | 現在の状態と矛盾しています。状態を確認してからやり直してください。 |"
            + " もう 1 名の管理者に解除の承認を依頼しました。承認されるまで法的保全は続きます。 |"
            + " 法的保全を設定しました。 | このメッセージを閉じる"
      })
  void a_refusal_and_what_was_done_are_told_and_closed_by_keyboard(
      String language, String refused, String asked, String done, String close) throws Exception {
    try (Browser browser = pagesFixture.browser(language)) {
      // The dialog of PrimeFaces is hidden a moment before the focus leaves it.
      browser.expect("Blocked aria-hidden");
      browser.signIn(pagesFixture.admin(), "/admin/employee?id=" + employee("Told laptop"));
      assertThat(browser.all(ANY)).isEmpty();
      markRegions(browser);
      browser.type(REASON, "Case 5,\nsecond letter");
      press(browser, "setHold");
      isTold(browser, GOOD, done, close);
      browser.waitForText("Case 5, second letter");
      closeByKeyboard(browser);
      browser.driver().navigate().refresh();
      assertThat(browser.all(ANY)).as("told again").isEmpty();

      beTooLate(browser);
      isTold(browser, BAD, refused, close);
      closeByKeyboard(browser);

      beTooLate(browser);
      isTold(browser, BAD, refused, close);
      press(browser, "lift");
      isTold(browser, GOOD, asked, close);
    }
  }

  /** Sets a hold on a page that shows none, when somebody else has just set one. */
  private static void beTooLate(Browser browser) throws Exception {
    long id = employee("Told tablet");
    browser.open("/admin/employee?id=" + id);
    markRegions(browser);
    String hold = "/v1/admin/employees/" + id + "/legal-hold";
    assertThat(pagesFixture.adminApi().json("PUT", hold, Map.of("reason", "Case 4")).status())
        .isEqualTo(201);
    browser.type(REASON, "Case 6");
    press(browser, "setHold");
  }

  private static long employee(String device) throws Exception {
    return pagesFixture.employeeId(pagesFixture.participant(device).person());
  }

  /** It stands alone, in a region that was there before, and took no focus. */
  private static void isTold(Browser browser, String css, String sentence, String close) {
    browser.waitForExactly(css, sentence);
    assertThat(browser.all(ANY)).hasSize(1);
    assertThat(browser.all(".hk-banners > [data-before]")).as("the same regions").hasSize(2);
    assertThat(focusIn(browser, ".hk-banners")).as("focus taken").isFalse();
    Accessibility.requireInEachLook(browser);
    assertThat(browser.one(".hk-banner-close").getAccessibleName()).isEqualTo(close);
  }

  @Test
  void it_is_told_on_the_page_that_comes_after_and_there_only_once() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/campaign-edit");
      // What a field says stands at the field.
      browser.click("[id='edit:save']");
      browser.waitForText("Please give it a name.");
      assertThat(browser.all(ANY)).isEmpty();
      browser.type("[id='edit:name']", "Told campaign");
      browser.click("[id='edit:save']");
      browser.waitForHeading("Told campaign");
      browser.waitForExactly(
          GOOD,
          "The campaign is a draft: nobody is invited yet."
              + " Look at who is in its waves, then start it.");
      Accessibility.requireInEachLook(browser);
      browser.driver().navigate().refresh();
      browser.waitForHeading("Told campaign");
      assertThat(browser.all(ANY)).isEmpty();
    }
  }
}
