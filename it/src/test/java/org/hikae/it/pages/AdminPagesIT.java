package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.it.caller.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/**
 * What those see who run the backup, in a real browser through the real sign-on. Time budget: 60
 * seconds beside the system's start.
 */
class AdminPagesIT {

  private static Office office;

  @BeforeAll
  static void open() throws Exception {
    office = Office.open();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "overview", "employees", "employee?id=1", "rollout", "audit"})
  void an_employee_may_not_open_the_administration(String page) throws Exception {
    try (Browser browser = office.browser()) {
      browser.expectStatus(403);
      browser.signIn(office.people().employee("/Legal"), "/admin/" + page);
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
      browser.open("/admin/" + page.replaceFirst("(\\?|$)", ".xhtml$1"));
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
    }
  }

  @Test
  void the_help_desk_sees_employees_but_neither_rollout_nor_audit_trail() throws Exception {
    try (Browser browser = office.browser()) {
      browser.expectStatus(403);
      browser.signIn(office.people().named("helpdesk"), "/");
      assertThat(browser.heading()).isEqualTo("Overview");
      assertThat(browser.one("nav").getText()).contains("Employees").doesNotContain("Audit trail");
      browser.open("/admin/employees");
      assertThat(browser.heading()).isEqualTo("Employees");
      for (String page : new String[] {"start", "rollout", "audit"}) {
        browser.open("/admin/" + page);
        assertThat(browser.heading()).isEqualTo("This page is not for your role");
      }
    }
  }

  @Test
  void the_first_steps_say_what_is_done_and_lead_to_what_is_not() throws Exception {
    office.backUp(office.participant("First laptop"));
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/start");
      List<String> states =
          browser.all(".hk-steps .hk-state").stream().map(WebElement::getText).toList();
      assertThat(states).hasSize(6).contains("If you like");
      assertThat(states.getFirst()).isEqualTo("Done");
      assertThat(states.subList(4, 6)).containsOnly("Done");
      for (WebElement link : browser.all(".hk-steps a")) {
        assertThat(link.getDomAttribute("href")).startsWith("/");
      }
      browser.click(".hk-steps a[href$='/admin/policies']");
      assertThat(browser.heading()).isEqualTo("Policies");
    }
  }

  @Test
  void an_auditor_sees_the_rollout_and_cannot_change_it() throws Exception {
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("auditor"), "/admin/rollout");
      assertThat(browser.heading()).isEqualTo("Rollout");
      assertThat(browser.all("[id^='rollout:'][id$=offerAll], [id$=takeBack], [id$=offer]"))
          .isEmpty();
    }
  }

  @Test
  void employees_are_found_and_opened() throws Exception {
    Office.Participant participant = office.participant("Findable laptop");
    office.backUp(participant);
    String username = participant.person().username();
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/employees");
      browser.type("[id='list:text']", username);
      browser.waitFor(d -> browser.all("[id='list:table_data'] > tr").size() == 1);
      String row = browser.one("[id='list:table_data']").getText();
      assertThat(row).contains(username, "Opted in");
      browser.click("[id='list:table_data'] a");
      assertThat(browser.heading()).contains(username);
      assertThat(browser.text()).contains("Findable laptop", "64-digit key", "/Sales");
    }
  }

  @Test
  void employees_are_sorted_by_the_database() throws Exception {
    office.backUp(office.participant("Largest"));
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/employees");
      browser.click("th[id$=':stored']");
      assertThat(browser.one("[id='list:table_data'] td:last-child").getText()).isEqualTo("0 B");
      browser.click("th[id$=':stored']");
      assertThat(browser.one("[id='list:table_data'] td:last-child").getText()).isNotEqualTo("0 B");
    }
  }

  @Test
  void a_link_to_an_employee_survives_the_sign_in() throws Exception {
    Person person = office.participant("Linked laptop").person();
    String page = "/admin/employee?id=" + office.employeeId(person);
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), page);
      assertThat(browser.heading()).contains(person.username());
      assertThat(browser.driver().getCurrentUrl()).endsWith(page);
    }
  }

  @Test
  void a_missing_employee_is_a_missing_page() throws Exception {
    try (Browser browser = office.browser()) {
      browser.expectStatus(404);
      browser.signIn(office.admin(), "/admin/employee?id=987654321");
      assertThat(browser.heading()).isEqualTo("There is no such page");
    }
  }

  @Test
  void a_department_is_offered_the_backup_and_the_offer_is_withdrawn() throws Exception {
    Person admin = office.admin();
    try (Browser browser = office.browser()) {
      browser.signIn(admin, "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      button(browser, "Offer /Finance").click();
      browser.waitForText("The backup is offered.");
      button(browser, "Withdraw /Finance").click();
      assertThat(browser.one(".ui-confirm-dialog").getText()).contains("/Finance");
      browser.confirm();
      browser.waitForText("The offer is withdrawn.");
      browser.open("/admin/audit");
      assertThat(browser.text()).contains("rollout.offer", "rollout.take-back", "/Finance");
      browser.click("[id='audit:verify']");
      browser.waitForText("Intact. Events checked:");
    }
  }

  @Test
  void a_page_whose_session_is_over_signs_in_anew_and_comes_back() throws Exception {
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/audit");
      browser.expectStatus(401);
      browser.driver().manage().deleteCookieNamed("JSESSIONID");
      WebElement before = browser.one("h1");
      browser.one("[id='audit:verify']").click();
      browser.waitFor(ExpectedConditions.stalenessOf(before));
      browser.waitForText("Everything people and the portal did");
      assertThat(browser.heading()).isEqualTo("Audit trail");
      browser.click("[id='audit:verify']");
      browser.waitForText("Intact. Events checked:");
    }
  }

  private static WebElement button(Browser browser, String label) {
    return browser.one("button[aria-label='" + label + "']");
  }
}
