package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.Reply;
import org.hikae.it.caller.SignIn;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * What pages open on demand: the dialog that asks before something is done, and what unfolds. Each
 * is opened by keyboard, nobody is shut out of it, and it is left as it was entered. Time budget:
 * 240 seconds beside the system's start.
 */
class DialogsIT {

  private static final String DIALOG = ".ui-confirm-dialog";

  /** Pages that surely ask before something, and of how many kinds. */
  private static final Map<String, Integer> LEAST =
      Map.of(
          "/admin/employee?id={employee}", 2,
          "/admin/device?id={device}", 1,
          "/admin/rollout", 2,
          "/admin/campaign?id={campaign}", 3,
          "/admin/approvals", 3,
          "/admin/notices", 1);

  private static Office office;
  private static Office.Participant participant;
  private static Map<String, Object> shown;
  private static Browser browser;
  private static Keyboard keyboard;

  @BeforeAll
  static void open() throws Exception {
    office = Office.open();
    participant = office.participant("Careful laptop");
    office.backUp(participant);
    shown = office.shown(participant);
    Person second = office.people().employee("/Legal");
    office.people().grant(second, "backup-admin");
    askForLess(office.admin());
    askForLess(second);
    addRecipient();
    browser = office.browser();
    browser.expect(SitePages.MISSING);
    browser.signIn(office.admin(), "/admin/overview");
    keyboard = new Keyboard(browser);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** A recipient of the test's own: others come and go with the tests of notices. */
  private static void addRecipient() throws Exception {
    Reply made =
        Api.anonymous(office.stack())
            .bearer(new SignIn(office.stack()).portalToken(office.admin()))
            .json(
                "POST",
                "/v1/admin/notice-recipients",
                Map.of(
                    "name", "For the dialogs",
                    "audience", "ROLE",
                    "audienceName", "backup-admin",
                    "channel", "MAIL",
                    "addresses", List.of("dialogs@example.com"),
                    "language", "en",
                    "kinds", List.of(NoticeKind.OBJECT_ROTTEN.code()),
                    "timeZone", "UTC"));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
  }

  /** Asks for what waits for another administrator. */
  private static void askForLess(Person administrator) throws Exception {
    String employee = "employee/" + office.employeeId(office.participant("Any").person());
    Reply asked =
        Api.anonymous(office.stack())
            .bearer(new SignIn(office.stack()).portalToken(administrator))
            .json(
                "PUT",
                "/v1/admin/policies/scopes/" + employee,
                Map.of("replaces", 0, "values", Map.of("holdDays", 20)));
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.pages.SitePages#all")
  void each_dialog_of_the_administration_is_used_by_keyboard(String page) {
    int least = LEAST.getOrDefault(page, 0);
    assertThat(through(browser, SitePages.address(page, shown), least))
        .isGreaterThanOrEqualTo(least);
  }

  @Test
  void each_dialog_of_an_employee_is_used_by_keyboard() throws Exception {
    try (Browser own = office.browser()) {
      own.signIn(participant.person(), "/my/backups");
      assertThat(through(own, "/my/backups", 2)).isEqualTo(2);
      assertThat(through(own, "/my/consent", 1)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.pages.SitePages#all")
  void what_unfolds_is_for_everybody(String page) {
    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      browser.open(SitePages.address(page, shown));
      List<WebElement> closed = browser.all("details:not([open]) > summary");
      if (closed.isEmpty()) {
        return;
      }
      keyboard.reach("summary").press(Keys.ENTER);
      browser.one("details[open]");
      assertThat(Accessibility.violations(browser)).as(scheme).isEmpty();
    }
  }

  /**
   * Opens each dialog of the page, light or dark in turn, and gives how many there are: at least so
   * many.
   */
  private static int through(Browser browser, String address, int least) {
    browser.open(address);
    browser.waitFor(_ -> buttons(browser).size() >= least);
    List<String> kinds = List.copyOf(buttons(browser).keySet());
    for (int number = 0; number < kinds.size(); number++) {
      String kind = kinds.get(number);
      browser.prefer(number % 2 == 0 ? "light" : "dark");
      // The one before has left the window to look at the page, whose rows may be others by now.
      browser.open(address);
      browser.waitFor(_ -> buttons(browser).containsKey(kind));
      use(browser, String.valueOf(buttons(browser).get(kind)));
    }
    return kinds.size();
  }

  /** Opens the dialog of a button by keyboard, walks in it, leaves it, and opens it once more. */
  static void use(Browser browser, String id) {
    String button = "[id='" + id + "']";
    Keyboard keyboard = new Keyboard(browser);
    keyboard.reach(button).press(Keys.ENTER);
    WebElement dialog = browser.one(DIALOG);
    assertThat(dialog.getText()).as(id).isNotBlank().doesNotContain("???");
    // The dialog takes the focus a moment after it is seen.
    browser.waitFor(_ -> focusIn(browser, DIALOG));
    keyboard.reach(".ui-confirmdialog-yes").reach(".ui-confirmdialog-no");
    keyboard.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(focusIn(browser, DIALOG)).as(id).isTrue();
    keyboard.press(Keys.ESCAPE);
    browser.waitFor(_ -> browser.all(DIALOG).stream().noneMatch(WebElement::isDisplayed));
    browser.waitFor(_ -> focusIn(browser, button));
    keyboard.press(Keys.ENTER);
    browser.one(DIALOG);
    assertThat(Accessibility.violations(browser)).as(id).isEmpty();
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
