package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The dialog that asks before something is done, for each kind of it on each page: it is opened by
 * keyboard, nobody is shut out of it, and it is left as it was entered. Time budget: 90 seconds
 * beside the system's start.
 */
@FullRunOnly
class DialogsIT {

  private static final String DIALOG = ".ui-confirm-dialog";

  private static PagesFixture pagesFixture;
  private static PagesFixture.Participant participant;
  private static Map<String, Object> shown;
  private static Browser admin;
  private static Browser own;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    participant = pagesFixture.hostileParticipant();
    pagesFixture.backUpTwice(participant);
    shown = pagesFixture.hostileShown(participant);
    TestAccount second = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(second, "backup-admin");
    askForLess(pagesFixture.adminApi());
    askForLess(pagesFixture.company().portalOf(second));
    admin = pagesFixture.browser(pagesFixture.admin(), "/admin/start");
    own = pagesFixture.browser(participant.person(), "/my/install");
  }

  @AfterAll
  static void close() {
    for (Browser browser : new Browser[] {admin, own}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  /** Asks for what waits for another administrator. */
  private static void askForLess(ApiClient administrator) throws Exception {
    String employee =
        "employee/" + pagesFixture.employeeId(pagesFixture.participant("Any").person());
    ApiReply asked =
        administrator.json(
            "PUT",
            "/v1/admin/policies/scopes/" + employee,
            Map.of("replaces", 0, "values", Map.of("holdDays", 20)));
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
  }

  static Stream<Arguments> pages() {
    return SitePages.ASKING.entrySet().stream()
        .map(page -> Arguments.of(page.getKey(), page.getValue()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void each_dialog_is_used_by_keyboard(String page, int least) {
    Browser browser = SitePages.isOwn(page) ? own : admin;
    browser.open(SitePages.address(page, shown));
    browser.waitFor(_ -> buttons(browser).size() >= least);
    List<String> kinds = List.copyOf(buttons(browser).keySet());
    for (int number = 0; number < kinds.size(); number++) {
      String kind = kinds.get(number);
      browser.prefer(number % 2 == 0 ? "light" : "dark");
      // By the next one the rows may be others.
      browser.waitFor(_ -> buttons(browser).containsKey(kind));
      String id = String.valueOf(buttons(browser).get(kind));
      use(browser, id);
      leave(browser, id);
    }
    assertThat(browser.unexpected()).isEmpty();
  }

  /** Opens the dialog of a button by keyboard, walks in it, leaves it, and opens it once more. */
  static void use(Browser browser, String id) {
    String button = "[id='" + id + "']";
    Keyboard keyboard = new Keyboard(browser);
    keyboard.reach(button).press(Keys.ENTER);
    assertThat(browser.textOf(DIALOG)).as(id).doesNotContain("???");
    // The dialog takes the focus a moment after it is seen.
    browser.waitFor(_ -> focusIn(browser, DIALOG));
    keyboard.reach(".ui-confirmdialog-yes").reach(".ui-confirmdialog-no");
    keyboard.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(focusIn(browser, DIALOG)).as(id).isTrue();
    leave(browser, id);
    keyboard.press(Keys.ENTER);
    browser.waitFor(_ -> focusIn(browser, DIALOG));
    assertThat(Accessibility.violations(browser)).as(id).isEmpty();
  }

  /** The button gets the focus back a moment after the dialog is gone. */
  private static void leave(Browser browser, String id) {
    new Keyboard(browser).press(Keys.ESCAPE);
    browser.waitFor(_ -> browser.all(DIALOG).stream().noneMatch(WebElement::isDisplayed));
    browser.waitFor(_ -> focusIn(browser, "[id='" + id + "']"));
  }

  /** The buttons that ask first, by their kind; of those in rows, which are alike, one. */
  private static Map<String, String> buttons(Browser browser) {
    Map<String, String> found = new LinkedHashMap<>();
    for (WebElement button : browser.all("[data-pfconfirmcommand]")) {
      if (button.isDisplayed() && button.isEnabled()) {
        String id = String.valueOf(button.getDomAttribute("id"));
        found.putIfAbsent(id.replaceAll(":\\d+:", ":"), id);
      }
    }
    return found;
  }

  private static boolean focusIn(Browser browser, String css) {
    return Boolean.TRUE.equals(
        browser.script("return document.activeElement.closest(arguments[0]) !== null", css));
  }
}
