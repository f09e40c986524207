package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static void setHold(Browser browser) {
    browser.click("[id='employee:setHold']");
    browser.confirm();
  }

  private static void closeByKeyboard(Browser browser) {
    new Keyboard(browser).reach(".hk-banner-close").press(Keys.ENTER);
    assertThat(browser.all(ANY)).isEmpty();
    assertThat(focusIn(browser, "#main")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "en, Give a reason for the hold., The legal hold is set., Close this message",
    "ja, 法的保全の理由を入力してください。, 法的保全を設定しました。, このメッセージを閉じる"
  })
  void a_refusal_and_what_was_done_are_told_and_closed_by_keyboard(
      String language, String refused, String done, String close) throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Told laptop");
    try (Browser browser = pagesFixture.browser(language)) {
      // The dialog of PrimeFaces is hidden a moment before the focus leaves it.
      browser.expect("Blocked aria-hidden");
      browser.signIn(
          pagesFixture.admin(),
          "/admin/employee?id=" + pagesFixture.employeeId(participant.person()));
      assertThat(browser.all(ANY)).isEmpty();
      markRegions(browser);
      setHold(browser);
      browser.waitForExactly(BAD, refused);
      assertThat(browser.all(ANY)).hasSize(1);
      assertThat(focusIn(browser, ".hk-banners")).as("focus taken").isFalse();
      Accessibility.requireInEachLook(browser);
      assertThat(browser.one(".hk-banner-close").getAccessibleName()).isEqualTo(close);
      closeByKeyboard(browser);

      setHold(browser);
      browser.waitForExactly(BAD, refused);
      browser.type("[id='employee:reason']", "Case 5");
      setHold(browser);
      browser.waitForExactly(GOOD, done);
      assertThat(browser.all(ANY)).as("the refusal is over").hasSize(1);
      assertThat(browser.all(".hk-banners > [data-before]")).as("the same regions").hasSize(2);
      assertThat(focusIn(browser, ".hk-banners")).as("focus taken").isFalse();
      Accessibility.requireInEachLook(browser);
      assertThat(browser.one(".hk-banner-close").getAccessibleName()).isEqualTo(close);
      closeByKeyboard(browser);
      browser.driver().navigate().refresh();
      assertThat(browser.all(ANY)).as("told again").isEmpty();
    }
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
      browser.waitForExactly(GOOD, "The campaign is a draft now. Add its waves.");
      Accessibility.requireInEachLook(browser);
      browser.driver().navigate().refresh();
      browser.waitForHeading("Told campaign");
      assertThat(browser.all(ANY)).isEmpty();
    }
  }
}
