package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hikae.it.client.OidcSignIn;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages of Keycloak where people sign in, by its form. Time budget: 20 seconds beside the
 * system's start.
 */
@EveryThirdRun
class SignInPagesIT {

  /** The portal's own colours of cards. */
  private static final String LIGHT = "rgba(255, 255, 255, 1)";

  private static final String DARK = "rgba(24, 34, 38, 1)";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void looks_like_the_portal_and_leads_to_the_page_that_was_asked_for() throws Exception {
    TestAccount testAccount = pagesFixture.participant("Linked laptop").person();
    String page = "/admin/employee?id=" + pagesFixture.employeeId(testAccount);
    try (Browser browser = pagesFixture.browser()) {
      browser.open(page);
      refuses_strangers(browser, "Sign in", "Your backup password is another one", "Invalid");
      browser.signIn(pagesFixture.admin());
      browser.waitForTextIn("h1", testAccount.username());
      assertThat(browser.address()).endsWith(page);
    }
  }

  @Test
  @FullRunOnly
  void looks_like_the_portal_in_japanese() {
    try (Browser browser = pagesFixture.browser("ja")) {
      browser.open("/my/backups");
      refuses_strangers(browser, "サインイン", "バックアップ用のパスワードとは別のものです", "無効");
    }
  }

  @Test
  void the_code_of_a_device_is_seen_before_it_is_confirmed_all_in_one_language() throws Exception {
    JsonNode device = new OidcSignIn(pagesFixture.stack()).deviceCode();
    String code = device.path("user_code").asText();
    TestAccount testAccount = pagesFixture.people().employee("/Legal");
    try (Browser browser = pagesFixture.browser("ja")) {
      browser.driver().get(device.path("verification_uri").asText() + "#user_code=" + code);
      browser.waitForText("同じコードが表示されている場合だけ");
      assertThat(browser.one("#device_user_code").getDomProperty("value")).isEqualTo(code);
      List<String> violations = violations(browser);
      browser.click("#kc-login");
      browser.type("#username", testAccount.username());
      browser.type("#password", testAccount.password());
      browser.click("#kc-login");
      browser.waitForText("コードと見比べた直後の場合だけ", "サインインしたまま");
      assertThat(browser.text()).doesNotContain("on your device", "Offline");
      assertThat(browser.one("#hk-device-code").getText()).contains("次のコード", code);
      // What was left from another sign-in is not shown for this one.
      browser.script(
          "sessionStorage.setItem('hikae-device-code', '{\"code\":\"OTHER\",\"signIn\":\"x\"}')");
      browser.driver().navigate().refresh();
      browser.waitForText("コードと見比べた直後の場合だけ");
      assertThat(browser.text()).doesNotContain("次のコード", "OTHER");
      browser.script("sessionStorage.clear()");
      violations.addAll(violations(browser));
      assertThat(violations).isEmpty();
      browser.click("#kc-login");
      browser.waitForText("サインインが完了");
      assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
    }
  }

  private static void refuses_strangers(
      Browser browser, String title, String note, String invalid) {
    browser.waitForHeading(title);
    browser.waitForText("Hikae", note);
    List<String> violations = violations(browser);
    browser.type("#username", "nobody");
    browser.type("#password", "wrong password");
    browser.click("#kc-login");
    browser.waitForText(invalid);
    violations.addAll(violations(browser));
    assertThat(violations).isEmpty();
    browser.one("#username").clear();
    browser.one("#password").clear();
  }

  private static List<String> violations(Browser browser) {
    browser.prefer("light");
    assertThat(browser.one("main").getCssValue("background-color")).isEqualTo(LIGHT);
    List<String> all = new ArrayList<>(Accessibility.violations(browser));
    browser.prefer("dark");
    assertThat(browser.one("main").getCssValue("background-color")).isEqualTo(DARK);
    all.addAll(Accessibility.colours(browser));
    return all;
  }
}
