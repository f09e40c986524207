package org.hikae.it.pages;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/**
 * What the overview says about the last day and about storage, and where it leads. Time budget: 40
 * seconds beside the system's start.
 */
@FullRunOnly
class OverviewPageIT {

  private static final long GIB = 1L << 30;

  private static PagesFixture pagesFixture;
  private static String campaign;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    pagesFixture.backUp(pagesFixture.participant("Lately laptop"));
    // Before any overview is opened here: what one shows of a campaign counts for fifteen seconds.
    campaign = campaignOfSales(pagesFixture.adminApi());
  }

  @AfterAll
  static void complete() throws Exception {
    ApiReply completed = pagesFixture.adminApi().send("POST", campaign + "/complete", null, null);
    assertThat(completed.status()).as("%s", completed).isEqualTo(200);
  }

  private static void note(LocalDate day, long liveBytes) throws SQLException {
    try (Connection connection = pagesFixture.stack().db().asApplication();
        PreparedStatement insert =
            connection.prepareStatement("insert into storage_day values (?, ?, ?, ?, ?)")) {
      insert.setDate(1, Date.valueOf(day));
      insert.setTimestamp(2, Timestamp.from(Instant.EPOCH));
      insert.setLong(3, liveBytes);
      insert.setLong(4, liveBytes);
      insert.setLong(5, 100 * GIB);
      insert.executeUpdate();
    }
  }

  @Test
  void storage_is_shown_as_a_line_and_as_a_table_once_there_are_two_days() throws Exception {
    LocalDate today = LocalDate.now(Clock.systemUTC());
    forgetDaysBefore(today);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      assertThat(browser.all("#storageLine svg")).isEmpty();
      assertThat(browser.text())
          .containsAnyOf("Nothing is noted yet.", "The trend begins with the second day.");
      note(today.minusDays(3), 25 * GIB);
      note(today.minusDays(2), 50 * GIB);
      note(today.minusDays(1), 40 * GIB);
      browser.open("/admin/overview");
      // What others have stored by today may be the most of all days.
      long top = pagesFixture.number("select max(live_bytes) from storage_day");
      assertThat(browser.one("#storageLine svg polyline").getDomAttribute("points"))
          .startsWith("0.0," + height(25 * GIB, top) + " ")
          .contains("," + height(50 * GIB, top), "," + height(40 * GIB, top), ",0.0");
      browser.click("#storageLine summary");
      browser.waitForTextIn(
          "[id='trend_data']", today.minusDays(3).toString(), "25.0 GiB", "100 GiB");
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
      browser.width(768, 1000);
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
    } finally {
      forgetDaysBefore(today);
    }
  }

  private static void forgetDaysBefore(LocalDate today) throws SQLException {
    pagesFixture.change("delete from storage_day where noted_on < ?", Date.valueOf(today));
    pagesFixture.change("delete from protection_day where noted_on < ?", Date.valueOf(today));
  }

  private static void noteProtected(LocalDate day, long fresh) throws SQLException {
    pagesFixture.change(
        "insert into protection_day (noted_on, noted_at, employees, opted_in, devices,"
            + " fresh_devices) values (?, ?, 400, 300, 200, ?)",
        Date.valueOf(day),
        Timestamp.from(Instant.EPOCH),
        fresh);
  }

  @Test
  void protection_is_shown_as_a_line_and_as_a_table() throws Exception {
    LocalDate today = LocalDate.now(Clock.systemUTC());
    forgetDaysBefore(today);
    try (Browser browser = pagesFixture.browser()) {
      noteProtected(today.minusDays(3), 100);
      noteProtected(today.minusDays(2), 150);
      noteProtected(today.minusDays(1), 50);
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      // Today may have been noted by now.
      assertThat(browser.one("#protectionLine svg polyline").getDomAttribute("points"))
          .startsWith("0.0,80.0 ")
          .contains(",40.0", ",120.0");
      browser.waitForText("Since " + today.minusDays(3) + ": ");
      browser.click("#protectionLine summary");
      browser.waitForTextIn("[id='protectionDays_data']", "150 / 200 (75 %)", "300 / 400");
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
      browser.width(768, 1000);
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
    } finally {
      forgetDaysBefore(today);
    }
  }

  private static void noteRuns(Instant beganAt, long done, long failed) throws SQLException {
    // Later than any count of the portal's own, which leaves it as it is.
    pagesFixture.change(
        "insert into run_period (began_at, noted_at, done_runs, failed_runs, open_runs)"
            + " values (?, ?, ?, ?, 0)",
        Timestamp.from(beganAt),
        Timestamp.from(Instant.now(Clock.systemUTC()).plus(Duration.ofHours(1))),
        done,
        failed);
  }

  @Test
  void runs_are_shown_by_hour_as_columns_and_as_a_table_in_the_readers_zone() throws Exception {
    Instant noon = LocalDate.now(Clock.systemUTC()).minusDays(4).atTime(12, 0).toInstant(UTC);
    try (Browser browser = pagesFixture.browser()) {
      noteRuns(noon, 4000, 777);
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      // Asked for once more where the browser is not in UTC; what was read counts for two seconds.
      ZoneId zone =
          ZoneId.of(
              (String) browser.script("return Intl.DateTimeFormat().resolvedOptions().timeZone"));
      browser.reopenUntil(
          "/admin/overview", () -> browser.text().contains("Most runs that failed began between"));
      int hour = noon.atZone(zone).getHour();
      browser.waitForText(
          String.format(Locale.ROOT, "between %02d:00 and %02d:00: 777 of ", hour, hour + 1));
      browser.waitForText("Time zone: " + zone.getId());
      assertThat(browser.all("#runColumns svg rect.hk-run-failed")).isNotEmpty();
      browser.click("#runColumns summary");
      browser.waitForTextIn("[id='runs:table_data']", "777");
      assertThat(browser.all("[id='runs:table_data'] > tr")).hasSize(24);
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
      browser.width(768, 1000);
      assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
    } finally {
      pagesFixture.change(
          "delete from run_period where began_at < ?",
          Timestamp.from(noon.plus(Duration.ofDays(1))));
    }
  }

  /** Where the line is on a day with so many bytes, from the upper edge, where {@code top} is. */
  private static String height(long bytes, long top) {
    return String.format(Locale.ROOT, "%.1f", 160 - 160.0 * bytes / top);
  }

  @Test
  void each_figure_of_the_last_day_leads_to_what_it_counts() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      browser.click("a[href*='lately=BACKED_UP']");
      browser.waitForHeading("Devices");
      assertThat(chosen(browser, "list:lately")).isEqualTo("Backed up");
      assertThat(browser.all("[id='list:table_data'] a[href*='/admin/device']")).isNotEmpty();
      browser.open("/admin/overview");
      browser.click("a[href*='lately=ADDED']");
      browser.waitForHeading("Devices");
      assertThat(chosen(browser, "list:lately")).isEqualTo("Added");
      assertThat(browser.all("[id='list:table_data'] a[href*='/admin/device']")).isNotEmpty();
      browser.open("/admin/overview");
      browser.click("a[href*='failed=lately']");
      browser.waitForHeading("Employees");
      assertThat(chosen(browser, "list:failed")).isEqualTo("Last run failed");
      browser.open("/admin/overview");
      browser.click("a[href*='kind=wrap.added']");
      browser.waitForText("Only notices of this kind: Way to open the backup added");
      browser.click("a[href*='/admin/notices']:not([aria-current])");
      browser.waitFor(_ -> !browser.text().contains("Only notices of this kind"));
      browser.open("/admin/overview");
      browser.click("a[href*='age=NEVER']");
      browser.waitForHeading("Devices");
      assertThat(chosen(browser, "list:age")).isNotBlank();
      assertThat(browser.address()).contains("age=NEVER");
    }
  }

  @Test
  void an_auditor_is_led_to_the_system_and_to_the_devices_of_departments_that_are_behind()
      throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/overview");
      browser.waitForText("Departments with devices that are behind");
      for (String link : List.of("#stored", "#storageMore", "#vaultMore")) {
        browser.open("/admin/overview");
        browser.click(link);
        browser.waitForHeading("System");
      }
      browser.open("/admin/devices?department=/Sales");
      assertThat(browser.all("[id='list:table_data'] a[href*='/admin/device']")).isNotEmpty();
      browser.type("[id='list:department']", "-nowhere");
      browser.waitForText("No device found");
    }
  }

  private static String chosen(Browser browser, String id) {
    return new Select(browser.one("[id='" + id + "']")).getFirstSelectedOption().getText();
  }

  @Test
  void the_campaign_that_runs_is_shown_and_the_help_desk_gets_no_links_that_are_not_for_it()
      throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      // Another test's newer campaign may be the one that is shown.
      browser.reopenUntil("/admin/overview", () -> !browser.all(".cam-adoption").isEmpty());
      browser.waitForTextIn(
          ".cam-adoption", "Offered", "Seen", "Opted in", "First backup", "Healthy", " %");
      Accessibility.requireInEachLook(browser);
      String name = browser.textOf("#adoption");
      assertThat(name).startsWith("Campaign that runs: ");
      browser.click("#adoptionMore");
      browser.waitForHeading(name.replaceFirst("^[^:]*: ", ""));
    }
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), "/admin/overview");
      browser.waitForText("Lock-outs at the vault");
      assertThat(browser.all(".cam-adoption")).hasSize(1);
      assertThat(
              browser.all(
                  "#adoptionMore, a[href*='/admin/notices'], a[href*='/admin/system'], #alarm"))
          .isEmpty();
    }
  }

  /** Starts a campaign that offers the backup to those who are offered it anyway. */
  private static String campaignOfSales(ApiClient admin) {
    String campaigns = "/v1/admin/rollout/campaigns";
    ApiReply made =
        admin.json(
            "POST", campaigns, Map.of("name", "For Sales", "description", "", "gates", List.of()));
    String path = campaigns + "/" + made.json().path("campaignId").asLong();
    ApiReply wave =
        admin.json("POST", path + "/waves", Map.of("name", "Sales", "groups", List.of("/Sales")));
    assertThat(wave.status()).as("%s", wave).isEqualTo(201);
    ApiReply started = admin.send("POST", path + "/start", null, null);
    assertThat(started.status()).as("%s", started).isEqualTo(200);
    return path;
  }

  @Test
  void what_is_urgent_stands_on_top_until_somebody_has_seen_it() throws Exception {
    String urgent = "urgent-" + UUID.randomUUID();
    String sentence = "A gate halted campaign " + urgent;
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/overview");
      assertThat(browser.text()).doesNotContain(urgent);
      pagesFixture.change(
          "insert into notice (created_at, kind, detail) values (current_timestamp, ?, ?)",
          NoticeKind.CAMPAIGN_HALTED.code(),
          "{\"campaign\":\"" + urgent + "\",\"failing\":\"3\",\"observed\":\"4\"}");
      browser.open("/admin/overview");
      browser.waitForTextIn(
          "section[aria-labelledby='alarm']", "Needs action now", sentence + ": 3 of 4 failed.");
      browser.click("section[aria-labelledby='alarm'] a");
      browser.waitForHeading("Notices");
      browser.clickIn("[id='notices:outbox_data'] > tr", sentence, "button[id$=acknowledge]");
      browser.waitForText("The notice is acknowledged.");
      browser.open("/admin/overview");
      assertThat(browser.text()).doesNotContain(urgent);
    }
  }
}
