package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for every page: nobody is shut out by its form, and no foreign script runs in it. Time
 * budget: 60 seconds beside the system's start.
 */
class EveryPageIT {

  /** A source of scripts of this page alone. */
  private static final Pattern NONCE = Pattern.compile("'nonce-[\\w+/=-]{16,}'");

  private static Browser admin;
  private static Browser employee;
  private static Map<String, Object> shown;

  @BeforeAll
  static void sign_in() throws Exception {
    Office office = Office.open();
    Office.Participant participant = office.participant("Accessible laptop");
    office.backUp(participant);
    admin = office.browser();
    admin.expect(SitePages.MISSING);
    admin.signIn(office.admin(), "/admin/employees");
    employee = office.browser();
    employee.signIn(participant.person(), "/my/backups");
    shown = office.shown(participant);
  }

  @AfterAll
  static void close() {
    for (Browser browser : new Browser[] {admin, employee}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  private static Browser browser(String page) {
    return SitePages.isOwn(page) ? employee : admin;
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.pages.SitePages#all")
  void can_be_used_by_everybody_in_light_and_dark(String page) {
    Browser browser = browser(page);
    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      browser.open(SitePages.address(page, shown));
      assertThat(Accessibility.violations(browser)).as(scheme).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("org.hikae.it.pages.SitePages#all")
  void names_the_scripts_that_it_lets_in(String page) {
    Browser browser = browser(page);
    browser.open(SitePages.address(page, shown));
    Object policy =
        browser.script(
            "return fetch(location.href)"
                + ".then(answer => answer.headers.get('Content-Security-Policy'))");
    assertThat(List.of(String.valueOf(policy).split(";", -1)))
        .map(String::strip)
        .filteredOn(directive -> directive.startsWith("script-src"))
        .singleElement(as(STRING))
        .containsPattern(NONCE)
        .doesNotContain("unsafe-inline", "unsafe-eval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/my/backups", "/admin/employees", "/privacy"})
  void runs_no_script_that_the_portal_did_not_send(String page) {
    Browser browser = browser(page);
    browser.open(page);
    browser.script(
        "var s = document.createElement('div');"
            + " s.innerHTML = '<img src=\"data:,\" onerror=\"window.planted=1\">';"
            + " document.body.appendChild(s);");
    browser.waitForComplaint("Content Security");
    assertThat(browser.script("return window.planted")).isNull();
  }
}
