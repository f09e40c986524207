package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.JavascriptExecutor;

/**
 * What holds for every page: nobody is shut out by its form, and no foreign script runs in it. Time
 * budget: 60 seconds beside the system's start.
 */
class EveryPageIT {

  private static Browser browser;
  private static Map<String, Object> shown;

  @BeforeAll
  static void sign_in() throws Exception {
    Office office = Office.open();
    Office.Participant participant = office.participant("Accessible laptop");
    office.backUp(participant);
    browser = office.browser();
    browser.signIn(office.admin(), "/admin/employees");
    shown = office.shown(participant);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.pages.SitePages#all")
  void can_be_used_by_everybody_in_light_and_dark(String page) {
    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      browser.open(SitePages.address(page, shown));
      assertThat(Accessibility.violations(browser)).as(scheme).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/my/backups", "/admin/employees", "/privacy"})
  void runs_no_script_that_the_portal_did_not_send(String page) {
    browser.open(page);
    browser.complaints();
    ((JavascriptExecutor) browser.driver())
        .executeScript(
            "var s = document.createElement('div');"
                + " s.innerHTML = '<img src=x onerror=\"window.planted=1\">';"
                + " document.body.appendChild(s);");
    browser.waitFor(
        d -> browser.complaints().stream().anyMatch(line -> line.contains("Content Security")));
    Object planted = ((JavascriptExecutor) browser.driver()).executeScript("return window.planted");
    assertThat(planted).isNull();
  }
}
