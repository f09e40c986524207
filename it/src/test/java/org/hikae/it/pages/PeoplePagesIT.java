package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/**
 * The pages about employees, devices and leavers, in a real browser through the real sign-on. Time
 * budget: 120 seconds beside the system's start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class PeoplePagesIT {

  private static final String ROWS = "[id='list:table_data'] > tr";

  /** Holds on one page. */
  private static final int HOLDS = 50;

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  @FullRunOnly
  void devices_are_filtered_and_the_address_keeps_it() throws Exception {
    PagesFixture.Participant fresh = pagesFixture.participant("Fresh machine");
    pagesFixture.backUp(fresh);
    // A version of their own: a page has fifty devices, and others have more.
    String version = "7." + TextCodec.hex(ApiDevice.random(4));
    pagesFixture.useVersion(fresh, version);
    pagesFixture.useVersion(pagesFixture.participant("Idle machine"), version);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("helpdesk"), "/admin/devices?age=NEVER&version=" + version);
      browser.waitForHeading("Devices");
      browser.waitForText("Idle machine");
      assertThat(browser.text()).doesNotContain("Fresh machine");
      new Select(browser.one("[id='list:age']")).selectByValue("FRESH");
      browser.waitForText("Fresh machine");
      assertThat(browser.text()).doesNotContain("Idle machine");
      assertThat(browser.address()).endsWith("/admin/devices?age=FRESH&version=" + version);
      browser.driver().navigate().refresh();
      browser.waitForText("Fresh machine");
      assertThat(browser.text()).doesNotContain("Idle machine");
      browser.open("/admin/employees");
      browser.open("/admin/devices");
      assertThat(browser.address()).contains("?age=FRESH&");
      assertThat(browser.all(ROWS)).hasSize(1);
      browser.click("[id='list:clear']");
      browser.waitFor(_ -> browser.all(ROWS).size() > 1);
      assertThat(browser.address()).endsWith("/admin/devices");
    }
  }

  @Test
  void a_device_is_opened_and_revoked_by_the_help_desk() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Stolen laptop");
    pagesFixture.backUp(participant);
    pagesFixture.sendDiagnostics(participant);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("helpdesk"), "/admin/device?id=" + participant.device().id());
      browser.waitForHeading("Stolen laptop");
      browser.waitForText(
          "The clock of the device is behind by minutes: 121.", "No connection (no-answer).");
      browser.click("[id='device:revoke']");
      browser.waitForTextIn(".ui-confirm-dialog", "Stolen laptop", "for good");
      browser.confirm();
      browser.waitForText("The device is revoked.");
      assertThat(browser.all("[id='device:revoke']")).isEmpty();
      browser.waitForText("Revoked", "None yet.");
    }
    assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
  }

  @Test
  @FullRunOnly
  void an_auditor_sees_devices_and_can_revoke_none() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Watched laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("auditor"), "/admin/device?id=" + participant.device().id());
      browser.waitForHeading("Watched laptop");
      assertThat(browser.all("[id='device:revoke']")).isEmpty();
    }
  }

  @Test
  @FullRunOnly
  void everything_about_an_employee_is_on_one_page() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Whole laptop");
    pagesFixture.backUp(participant);
    try (Browser browser = pagesFixture.browser()) {
      openEmployee(browser, pagesFixture.admin(), participant);
      browser.waitForText("Newest of its device");
      browser.waitForText("Quota");
      browser.waitForText("Nothing has happened there.");
      browser.waitForText(
          "Whole laptop",
          "64-digit key",
          "/Sales",
          "Quota used",
          "100 GiB",
          "Built in",
          "There is no legal hold",
          "nothing is or was erased",
          "Stays");
      browser.click("[id='employee:showConsents']");
      browser.waitForText("Opted in\n");
    }
  }

  @Test
  void a_legal_hold_is_set_by_one_administrator_and_lifted_by_two() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Evidence laptop");
    try (Browser browser = pagesFixture.browser()) {
      openEmployee(browser, pagesFixture.admin(), participant);
      browser.click("[id='employee:setHold']");
      browser.confirm();
      browser.waitForText("Give a reason for the hold.");
      browser.type("[id='employee:reason']", "Case 12");
      browser.click("[id='employee:setHold']");
      browser.confirm();
      browser.waitForText("The legal hold is set.");
      browser.waitForText("Case 12");
      browser.click("[id='employee:lift']");
      browser.confirm();
      browser.waitForText("A second administrator is asked");
      browser.waitForText("Lifting waits for a second administrator.");
      assertThat(browser.all("[id='employee:lift']")).isEmpty();
      String employee =
          "a[href$='/admin/employee?id=" + pagesFixture.employeeId(participant.person()) + "']";
      browser.click("nav a[href$='/admin/holds']");
      browser.waitForHeading("Legal holds");
      browser.waitForTextIn(
          "tr:has(" + employee + ")", "Case 12", "Waits for a second administrator");
      browser.click(employee);
      browser.waitForTextIn("h1", participant.person().username());
      browser.open("/admin/overview");
      browser.waitForText("Requests that wait for a second administrator: ");
    }
  }

  @Test
  @FullRunOnly
  void the_help_desk_sees_neither_reasons_of_holds_nor_consents() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Helped laptop");
    try (Browser browser = pagesFixture.browser()) {
      openEmployee(browser, pagesFixture.people().named("helpdesk"), participant);
      browser.waitForText("Nothing has happened there.");
      assertThat(browser.text()).doesNotContain("Consent history", "There is no legal hold");
      assertThat(browser.all("nav a[href$='/admin/holds']")).isEmpty();
      browser.click("button[aria-label='Revoke Helped laptop']");
      browser.confirm();
      browser.waitForText("The device is revoked.");
    }
  }

  @Test
  @FullRunOnly
  void an_auditor_pages_through_who_is_held() throws Exception {
    long who = pagesFixture.employeeId(pagesFixture.participant("Held laptop").person());
    // Nobody has two holds: those of the others here are under numbers that nobody has.
    for (int i = 0; i <= HOLDS; i++) {
      pagesFixture.change(
          "insert into legal_hold (employee_id, current_of, reason, set_at, set_by_issuer,"
              + " set_by_subject) values (?, ?, 'Many', current_timestamp, 'issuer', 'nobody')",
          who,
          -1L - i);
    }
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/holds");
      assertThat(browser.all("[id='holds:table_data'] > tr")).hasSize(HOLDS);
      browser.click("[id='holds:forward']");
      browser.waitFor(d -> browser.one("[id='holds:back']").isEnabled());
      browser.waitForText("Many", "nobody", "Not asked for");
      browser.click("[id='holds:back']");
      browser.waitFor(d -> browser.all("[id='holds:table_data'] > tr").size() == HOLDS);
    } finally {
      pagesFixture.change("delete from legal_hold where reason = 'Many'");
    }
  }

  @Test
  @FullRunOnly
  void the_list_says_when_somebody_s_last_run_was() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Laptop with a run");
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
    String path = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    assertThat(participant.session().json("PUT", path, run).status()).isEqualTo(204);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("helpdesk"),
          "/admin/employees?text=" + participant.person().username());
      assertThat(browser.all(ROWS)).hasSize(1);
      assertThat(browser.all("span[id$=':lastRunAt'] time[datetime]")).hasSize(1);
    }
  }

  @Test
  @FullRunOnly
  void columns_that_are_hidden_stay_hidden() throws Exception {
    pagesFixture.participant("Any laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/employees");
      assertThat(browser.all("th[id$=':stored']")).hasSize(1);
      browser.click(".hk-columns summary");
      browser.click(".hk-columns input[value='stored']");
      browser.waitFor(d -> browser.all("th[id$=':stored']").isEmpty());
      browser.open("/admin/employees");
      assertThat(browser.all("th[id$=':stored']")).isEmpty();
    }
  }

  @Test
  @FullRunOnly
  void a_leaver_is_listed_with_what_happens_to_their_data() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Left laptop");
    pagesFixture.people().setEnabled(participant.person(), false);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/leavers");
      browser.waitForHeading("Leavers");
      browser.waitForText(participant.person().username(), "Disabled");
    }
  }

  @Test
  @FullRunOnly
  void what_holds_is_compared_with_what_holds_for_another_person() throws Exception {
    long own = pagesFixture.employeeId(pagesFixture.participant("Compared laptop").person());
    long equal = pagesFixture.employeeId(pagesFixture.participant("Equal laptop").person());
    long other = pagesFixture.employeeId(pagesFixture.hostileParticipant().person());
    ApiReply put =
        pagesFixture
            .adminApi()
            .json(
                "PUT",
                "/v1/admin/policies/scopes/employee/" + other,
                Map.of("replaces", 0, "values", Map.of("minAgentVersion", "1.0.1")));
    assertThat(put.status()).as("%s", put).isEqualTo(200);
    String page = "/admin/employee?id=" + own + "&with=";
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), page + other);
      browser.waitForTextIn("[id='compare:compared']", "1.0.1");
      assertThat(Accessibility.violations(browser)).isEmpty();
      browser.open(page + equal);
      browser.waitForTextIn("[id='compare']", "The same values hold for");
      browser.open(page + Long.MAX_VALUE);
      browser.waitForTextIn("[id='compare']", "Nobody found");
    }
  }

  private static void openEmployee(
      Browser browser, TestAccount who, PagesFixture.Participant participant) {
    String username = participant.person().username();
    browser.signIn(who, "/admin/employees?text=" + username);
    browser.click("[id='list:table_data'] a");
    browser.waitForTextIn("h1", username);
  }
}
