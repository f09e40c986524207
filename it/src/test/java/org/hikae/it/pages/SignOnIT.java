package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Stack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/**
 * The pages of Keycloak where people sign in. Time budget: 20 seconds beside the system's start.
 */
class SignOnIT {

  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  /** The portal's own colours of cards. */
  private static final String LIGHT = "rgba(255, 255, 255, 1)";

  private static final String DARK = "rgba(24, 34, 38, 1)";

  @ParameterizedTest
  @CsvSource({
    "en, Sign in, Your backup password is another one, Invalid",
    "ja, サインイン, バックアップ用のパスワードとは別のものです, 無効"
  })
  void looks_like_the_portal_in_both_languages(
      String language, String title, String note, String invalid) {
    try (Browser browser = Browser.open(Stack.on(Database.Kind.H2), language)) {
      browser.open("/my/backups");
      browser.waitFor(d -> !browser.driver().findElements(By.id("username")).isEmpty());
      assertThat(browser.heading()).isEqualTo(title);
      assertThat(browser.text()).contains("Hikae", note);
      List<String> violations = violations(browser);
      browser.type("#username", "nobody");
      browser.type("#password", "wrong password");
      browser.click("#kc-login");
      assertThat(browser.text()).contains(invalid);
      violations.addAll(violations(browser));
      assertThat(violations).isEmpty();
    }
  }

  private static List<String> violations(Browser browser) {
    List<String> all = new ArrayList<>();
    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      assertThat(browser.one("main").getCssValue("background-color"))
          .isEqualTo(scheme.equals("light") ? LIGHT : DARK);
      new AxeBuilder()
          .withTags(WCAG)
          .analyze(browser.driver())
          .getViolations()
          .forEach(
              rule ->
                  rule.getNodes()
                      .forEach(
                          node -> all.add(scheme + " " + rule.getId() + ": " + node.getHtml())));
    }
    return all;
  }
}
