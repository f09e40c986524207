package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The page of the audit trail, in a real browser through the real sign-on. Time budget: 60 seconds
 * beside the system's start.
 */
@EveryThirdRun
class AuditPagesIT {

  private static final String ROWS = "[id='audit:events_data'] > tr";

  /** More than a page shows, where pages are turned. */
  private static final int EVENTS = TestEffort.times(AuditPagesIT.class, 60, 8);

  /** How the departments of this class begin, which somebody offers who does nothing else. */
  private static final String NAME = "Audited-" + TextCodec.hex(ApiDevice.random(4)) + "-";

  private static PagesFixture pagesFixture;
  private static TestAccount offering;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    offering = pagesFixture.people().employee("/Legal");
    pagesFixture.people().grant(offering, "backup-admin");
    ApiClient api = pagesFixture.company().portalOf(offering);
    for (int i = 0; i < EVENTS; i++) {
      String group = NAME + i;
      pagesFixture.people().department(group);
      String offer = "/v1/admin/rollout/offers/" + group;
      assertThat(api.json("PUT", offer, Map.of()).status()).isEqualTo(201);
    }
  }

  @Test
  @FullRunOnly
  void events_are_searched_and_paged_and_the_address_keeps_what_for() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("auditor"),
          "/admin/audit?action=rollout.offer&actor=" + offering.id());
      assertThat(browser.all(ROWS)).hasSize(50);
      browser.waitForText(NAME + 59);
      browser.click("[id='audit:older']");
      browser.waitForText(NAME + 0);
      assertThat(browser.text()).doesNotContain(NAME + 59);
      browser.click("[id='audit:newer']");
      browser.waitForText(NAME + 59);
      browser.type("[id='audit:object']", "group:/nobody");
      browser.click("[id='audit:search']");
      browser.waitForText("No events yet");
      assertThat(browser.address()).contains("action=rollout.offer", "object=group");
      browser.click("[id='audit:clear']");
      browser.waitFor(d -> browser.all(ROWS).size() == 50);
      assertThat(browser.address()).endsWith("/admin/audit");
    }
  }

  @Test
  @FullRunOnly
  void days_are_bounds_and_nonsense_is_told() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/audit?until=2001-01-01");
      browser.waitForText("No events yet");
      browser.open("/admin/audit?from=2001-01-01");
      assertThat(browser.all(ROWS)).hasSizeGreaterThan(40);
      browser.type("[id='audit:employee']", "x");
      browser.click("[id='audit:search']");
      browser.waitForText("The number of an employee has digits only.");
    }
  }

  /** The task that an auditor of the first review could not do. */
  @Test
  void who_revoked_somebodys_device_is_found_by_words() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Lost laptop");
    ApiReply revoked =
        pagesFixture
            .adminApi()
            .send(
                "POST",
                "/v1/admin/employees/"
                    + pagesFixture.employeeId(participant.person())
                    + "/devices/"
                    + participant.device().id()
                    + "/revoke",
                null,
                null);
    assertThat(revoked.status()).as("%s", revoked).isEqualTo(200);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("auditor"),
          "/admin/audit?text=revoked+" + participant.person().username());
      browser.waitForTextIn("[id='audit:events_data']", "Device revoked", "Lost laptop");
      assertThat(browser.all(ROWS)).hasSize(1);
      browser.open("/admin/audit?text=opted+" + participant.person().username());
      browser.waitForTextIn("[id='audit:events_data']", "Opted in", "Version of the text: ");
      browser.one("[id='audit:text']").clear();
      // Enter looks for it: the first button of the page would check the whole trail.
      browser.type("[id='audit:text']", "lost nobody-is-called-so" + Keys.ENTER);
      browser.waitForText("No events yet");
      browser.one("[id='audit:text']").clear();
      browser.type("[id='audit:text']", "lost　laptop added");
      browser.click("[id='audit:search']");
      browser.waitForTextIn("[id='audit:events_data']", "Device added");
      browser.click("[id='audit:events_data'] a[href*='/admin/device']");
      browser.waitForHeading("Lost laptop");
    }
  }

  @Test
  void the_trail_is_checked_and_downloaded() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/audit?action=rollout.offer");
      browser.click("[id='audit:verify']");
      browser.waitForText("Intact. Events checked:");
      browser.waitForTextIn(".hk-verdict .hk-dim", "vault");
      List<String> csv = Files.readAllLines(browser.download("[id='audit:csv']"));
      assertThat(csv.getFirst()).startsWith("seq,at,");
      assertThat(csv).hasSizeGreaterThan(EVENTS).anyMatch(line -> line.contains(NAME + 7));
      List<String> lines = Files.readAllLines(browser.download("[id='audit:jsonl']"));
      assertThat(lines.getFirst()).contains("hikaeAudit");
      assertThat(lines.getLast()).contains("sha256");
    }
  }

  @Test
  @FullRunOnly
  void what_is_looked_for_comes_as_a_workbook_and_that_is_traced() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("auditor"),
          "/admin/audit?action=rollout.offer&object=group:/" + NAME + 7);
      assertThat(browser.all(ROWS)).hasSize(1);
      List<String> csv = Files.readAllLines(browser.download("[id='audit:csv']"));
      assertThat(csv).hasSize(2);
      List<String> columns = List.of(csv.getFirst().split(",", -1));
      String event = csv.getLast();
      Path workbook = browser.download("[id='audit:workbook']");
      assertThat(workbook.getFileName().toString()).matches("hikae-audit-[0-9]+\\.xlsx");
      List<List<String>> rows = ListFilesIT.rows(workbook, columns.size());
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst()).isEqualTo(columns);
      List<String> cells = rows.getLast();
      assertThat(event).startsWith(cells.getFirst() + "," + cells.get(1) + ",");
      assertThat(event).endsWith("," + cells.getLast());
      assertThat(cells.get(columns.indexOf("object"))).isEqualTo("group:/" + NAME + 7);
      assertThat(cells.get(columns.indexOf("names"))).startsWith("{");
      String auditor = pagesFixture.people().named("auditor").id();
      browser.open("/admin/audit?action=audit.export&object=audit&actor=" + auditor);
      browser.waitForText("Format: XLSX", "group:/" + NAME + 7);
    }
  }
}
