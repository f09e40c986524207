package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.hk1.Ids;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.support.ui.Select;

/**
 * The pages about employees, devices and leavers, in a real browser through the real sign-on. Time
 * budget: 120 seconds beside the system's start.
 */
class PeoplePagesIT {

  private static final String ROWS = "[id='list:table_data'] > tr";

  /** Holds on one page. */
  private static final int HOLDS = 50;

  private static Office office;

  @BeforeAll
  static void open() throws Exception {
    office = Office.open();
  }

  @ParameterizedTest
  @ValueSource(strings = {"devices", "device?id=1", "leavers", "holds"})
  void an_employee_may_not_open_them(String page) throws Exception {
    try (Browser browser = office.browser()) {
      browser.expectStatus(403);
      browser.signIn(office.people().employee("/Legal"), "/admin/" + page);
      assertThat(browser.heading()).isEqualTo("This page is not for your role");
    }
  }

  @Test
  void devices_are_filtered_and_the_address_keeps_it() throws Exception {
    Office.Participant fresh = office.participant("Fresh machine");
    office.backUp(fresh);
    office.participant("Idle machine");
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("helpdesk"), "/admin/devices?age=NEVER");
      assertThat(browser.heading()).isEqualTo("Devices");
      assertThat(browser.text()).contains("Idle machine").doesNotContain("Fresh machine");
      new Select(browser.one("[id='list:age']")).selectByValue("FRESH");
      browser.waitForText("Fresh machine");
      assertThat(browser.text()).doesNotContain("Idle machine");
      assertThat(browser.address()).endsWith("/admin/devices?age=FRESH");
      browser.driver().navigate().refresh();
      assertThat(browser.text()).contains("Fresh machine").doesNotContain("Idle machine");
      browser.open("/admin/employees");
      browser.open("/admin/devices");
      assertThat(browser.address()).endsWith("?age=FRESH");
      assertThat(browser.text()).doesNotContain("Idle machine");
      browser.click("[id='list:clear']");
      browser.waitForText("Idle machine");
      assertThat(browser.address()).endsWith("/admin/devices");
    }
  }

  @Test
  void a_device_is_opened_and_revoked_by_the_help_desk() throws Exception {
    Office.Participant participant = office.participant("Stolen laptop");
    office.backUp(participant);
    try (Browser browser = office.browser()) {
      browser.signIn(
          office.people().named("helpdesk"), "/admin/device?id=" + participant.device().id());
      assertThat(browser.heading()).isEqualTo("Stolen laptop");
      browser.click("[id='device:revoke']");
      assertThat(browser.one(".ui-confirm-dialog").getText()).contains("Stolen laptop", "for good");
      browser.confirm();
      browser.waitForText("The device is revoked.");
      assertThat(browser.all("[id='device:revoke']")).isEmpty();
      assertThat(browser.text()).contains("Revoked");
      browser.expectStatus(404);
      browser.open("/admin/device?id=" + "0".repeat(32));
      assertThat(browser.heading()).isEqualTo("There is no such page");
    }
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
  }

  @Test
  void an_auditor_sees_devices_and_can_revoke_none() throws Exception {
    Office.Participant participant = office.participant("Watched laptop");
    try (Browser browser = office.browser()) {
      browser.signIn(
          office.people().named("auditor"), "/admin/device?id=" + participant.device().id());
      assertThat(browser.heading()).isEqualTo("Watched laptop");
      assertThat(browser.all("[id='device:revoke']")).isEmpty();
    }
  }

  @Test
  void everything_about_an_employee_is_on_one_page() throws Exception {
    Office.Participant participant = office.participant("Whole laptop");
    office.backUp(participant);
    try (Browser browser = office.browser()) {
      openEmployee(browser, office.admin(), participant);
      browser.waitForText("Newest of its device");
      browser.waitForText("Quota");
      browser.waitForText("Nothing has happened there.");
      assertThat(browser.text())
          .contains("Whole laptop", "64-digit key", "Quota used", "100 GiB", "Built in")
          .contains("There is no legal hold", "nothing is or was erased", "Stays");
      browser.click("[id='employee:showConsents']");
      browser.waitForText("Opted in\n");
    }
  }

  @Test
  void a_legal_hold_is_set_by_one_administrator_and_lifted_by_two() throws Exception {
    Office.Participant participant = office.participant("Evidence laptop");
    try (Browser browser = office.browser()) {
      openEmployee(browser, office.admin(), participant);
      browser.click("[id='employee:setHold']");
      browser.confirm();
      browser.waitForText("Give a reason for the hold.");
      browser.type("[id='employee:reason']", "Case 12");
      browser.click("[id='employee:setHold']");
      browser.confirm();
      browser.waitForText("The legal hold is set.");
      assertThat(browser.text()).contains("Case 12");
      browser.click("[id='employee:lift']");
      browser.confirm();
      browser.waitForText("A second administrator is asked");
      browser.waitForText("Lifting waits for a second administrator.");
      assertThat(browser.all("[id='employee:lift']")).isEmpty();
      String employee =
          "a[href$='/admin/employee?id=" + office.employeeId(participant.person()) + "']";
      browser.click("nav a[href$='/admin/holds']");
      assertThat(browser.heading()).isEqualTo("Legal holds");
      assertThat(browser.one("tr:has(" + employee + ")").getText())
          .contains("Case 12", "Waits for a second administrator");
      browser.click(employee);
      assertThat(browser.heading()).contains(participant.person().username());
      browser.open("/admin/overview");
      browser.waitForText("Requests that wait for a second administrator: ");
    }
  }

  @Test
  void the_help_desk_sees_neither_reasons_of_holds_nor_consents() throws Exception {
    Office.Participant participant = office.participant("Helped laptop");
    try (Browser browser = office.browser()) {
      openEmployee(browser, office.people().named("helpdesk"), participant);
      browser.waitForText("Nothing has happened there.");
      assertThat(browser.text()).doesNotContain("Consent history", "There is no legal hold");
      assertThat(browser.all("nav a[href$='/admin/holds']")).isEmpty();
      browser.click("button[aria-label='Revoke Helped laptop']");
      browser.confirm();
      browser.waitForText("The device is revoked.");
    }
  }

  @Test
  void an_auditor_pages_through_who_is_held() throws Exception {
    long who = office.employeeId(office.participant("Held laptop").person());
    // Nobody has two holds: those of the others here are under numbers that nobody has.
    for (int i = 0; i <= HOLDS; i++) {
      office.change(
          "insert into legal_hold (employee_id, current_of, reason, set_at, set_by_issuer,"
              + " set_by_subject) values (?, ?, 'Many', current_timestamp, 'issuer', 'nobody')",
          who,
          -1L - i);
    }
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("auditor"), "/admin/holds");
      assertThat(browser.all("[id='holds:table_data'] > tr")).hasSize(HOLDS);
      browser.click("[id='holds:forward']");
      browser.waitFor(d -> browser.one("[id='holds:back']").isEnabled());
      assertThat(browser.text()).contains("Many", "nobody", "Not asked for");
      browser.click("[id='holds:back']");
      browser.waitFor(d -> browser.all("[id='holds:table_data'] > tr").size() == HOLDS);
    } finally {
      office.change("delete from legal_hold where reason = 'Many'");
    }
  }

  @Test
  void lists_are_downloaded_as_they_are_filtered() throws Exception {
    Office.Participant participant = office.participant("=1+1");
    String username = participant.person().username();
    try (Browser browser = office.browser()) {
      browser.signIn(office.people().named("helpdesk"), "/admin/employees?text=" + username);
      assertThat(browser.all(ROWS)).hasSize(1);
      Path employees = browser.download("[id='list:download']");
      assertThat(Files.readString(employees)).startsWith("\uFEFFemployeeId,").contains(username);
      assertThat(Files.readAllLines(employees)).hasSize(2);
      browser.open("/admin/devices?age=NEVER");
      Path devices = browser.download("[id='list:download']");
      assertThat(Files.readString(devices)).contains(",'=1+1,").doesNotContain(",=1+1,");
    }
  }

  @Test
  void the_list_says_when_somebody_s_last_run_was() throws Exception {
    Office.Participant participant = office.participant("Laptop with a run");
    Map<String, Object> run =
        Map.of(
            "kind", "BACKUP",
            "result", "RUNNING",
            "startedAt", "2026-01-01T00:00:00Z",
            "agentVersion", "1",
            "filesDone", 1,
            "filesFailed", 0,
            "bytesRead", 1,
            "bytesSent", 1,
            "bytesReceived", 1,
            "durationMillis", 1);
    String path = "/v1/device/runs/" + Ids.hex(Device.random(16));
    assertThat(participant.session().json("PUT", path, run).status()).isEqualTo(204);
    try (Browser browser = office.browser()) {
      browser.signIn(
          office.people().named("helpdesk"),
          "/admin/employees?text=" + participant.person().username());
      assertThat(browser.all(ROWS)).hasSize(1);
      assertThat(browser.all("span[id$=':lastRunAt'] time[datetime]")).hasSize(1);
    }
  }

  @Test
  void columns_that_are_hidden_stay_hidden() throws Exception {
    office.participant("Any laptop");
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/employees");
      assertThat(browser.all("th[id$=':stored']")).hasSize(1);
      browser.click(".hk-columns summary");
      browser.click(".hk-columns input[value='stored']");
      browser.waitFor(d -> browser.all("th[id$=':stored']").isEmpty());
      browser.open("/admin/employees");
      assertThat(browser.all("th[id$=':stored']")).isEmpty();
    }
  }

  @Test
  void figures_of_the_overview_lead_to_their_lists() throws Exception {
    office.participant("Counted laptop");
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/overview");
      browser.click("a[href*='age=NEVER']");
      assertThat(browser.heading()).isEqualTo("Devices");
      assertThat(browser.text()).contains("Counted laptop");
    }
  }

  @Test
  void a_leaver_is_listed_with_what_happens_to_their_data() throws Exception {
    Office.Participant participant = office.participant("Left laptop");
    office.people().setEnabled(participant.person(), false);
    try (Browser browser = office.browser()) {
      browser.signIn(office.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/leavers");
      assertThat(browser.heading()).isEqualTo("Leavers");
      assertThat(browser.text()).contains(participant.person().username(), "Disabled");
    }
  }

  private static void openEmployee(Browser browser, Person who, Office.Participant participant) {
    String username = participant.person().username();
    browser.signIn(who, "/admin/employees?text=" + username);
    browser.click("[id='list:table_data'] a");
    assertThat(browser.heading()).contains(username);
  }
}
