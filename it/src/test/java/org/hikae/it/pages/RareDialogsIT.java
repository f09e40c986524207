package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Dialogs that only stand on a page when something rare has happened: a list was checked for a
 * wave, half a department seems to have left, an account is gone. Each is used by keyboard as in
 * {@link DialogsIT}. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
@Isolated // another read of the directory would take back that so many seem to have left
class RareDialogsIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void the_list_of_a_wave_is_taken_over_after_it_was_checked(@TempDir Path temp) throws Exception {
    String campaigns = "/v1/admin/rollout/campaigns";
    ApiReply campaign =
        pagesFixture
            .adminApi()
            .json(
                "POST", campaigns, Map.of("name", "Listed", "description", "", "gates", List.of()));
    long campaignId = campaign.json().path("campaignId").asLong();
    ApiReply wave =
        pagesFixture
            .adminApi()
            .json(
                "POST", campaigns + "/" + campaignId + "/waves", Map.of("name", "Those in a file"));
    assertThat(wave.status()).as("%s", wave).isEqualTo(201);
    Path list = temp.resolve("wave.csv");
    TestAccount listed = pagesFixture.participant("Listed laptop").person();
    Files.writeString(list, "username\n" + listed.username() + "\n");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.admin(),
          "/admin/wave?campaign="
              + campaignId
              + "&waveId="
              + wave.json().at("/waves/0/waveId").asLong());
      browser.one("[id='list:file']").sendKeys(list.toString());
      browser.click("[id='list:check']");
      browser.one("[id='report']");
      DialogsIT.use(browser, "list:take");
    } finally {
      Files.delete(list);
    }
  }

  @Test
  void many_who_seem_to_have_left_are_marked_or_not() throws Exception {
    long employeeId =
        pagesFixture.employeeId(pagesFixture.participant("Suspected laptop").person());
    long findingId = suspect(employeeId);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/leavers");
      DialogsIT.use(browser, "leavers:dismiss");
      browser.open("/admin/leavers");
      DialogsIT.use(browser, "leavers:confirmFinding");
    } finally {
      pagesFixture.change("delete from mass_leaver where finding_id = ?", findingId);
      pagesFixture.change("delete from mass_leave where finding_id = ?", findingId);
    }
  }

  @Test
  void the_names_of_somebody_who_is_gone_are_erased() throws Exception {
    PagesFixture.Participant gone = pagesFixture.participant("Laptop of somebody gone");
    pagesFixture.people().delete(gone.person());
    ApiReply read = pagesFixture.adminApi().send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(read.status()).as("%s", read).isEqualTo(200);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/leavers");
      String id = browser.one("button[id$=':eraseNames']").getDomAttribute("id");
      DialogsIT.use(browser, String.valueOf(id));
    }
  }

  /** Writes down that somebody seems to have left with many others. */
  private static long suspect(long employeeId) throws SQLException {
    pagesFixture.change(
        "insert into mass_leave (issuer, found_at, open_of, state, leaver_count, enabled_count)"
            + " select issuer, current_timestamp, 1, 'OPEN', 1, 2 from employee"
            + " where employee_id = ?",
        employeeId);
    pagesFixture.change(
        "insert into mass_leaver (finding_id, employee_id, state, marked)"
            + " select finding_id, ?, 'GONE', false from mass_leave where open_of = 1",
        employeeId);
    return pagesFixture.number("select finding_id from mass_leave where open_of = 1");
  }
}
