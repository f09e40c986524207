package org.hikae.it.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PageClient;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What employees do on their own pages, in a real browser through the real sign-on. Time budget: 60
 * seconds beside the system's start.
 */
@EveryThirdRun
class OwnPagesIT {

  private static final String SNAPSHOTS = "/v1/device/snapshots";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void an_employee_lands_on_their_own_backups_and_is_told_how_to_begin() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.company().employee(), "/");
      assertThat(browser.address()).contains("/my/backups");
      browser.waitForHeading("My backups");
      browser.waitForText("Backup isn't set up yet", "install the agent, read what you agree to");
      assertThat(browser.text())
          .doesNotContain("Administration", "not offered to you")
          .as("no empty tables, and no commands before there is an agent")
          .doesNotContain("No devices yet", "No snapshots yet", "hikae receipts verify");
      assertThat(browser.all("main a[href$='/my/install']")).hasSize(1);
    }
  }

  @Test
  @FullRunOnly
  void who_is_not_offered_the_backup_is_told_that_nothing_is_to_do() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.company().waitingEmployee(), "/my/backups");
      browser.waitForText("The backup is not offered to you yet", "there is nothing for you to do");
      assertThat(browser.text())
          .doesNotContain("Backup isn't set up yet", "Install the agent and connect it");
      assertThat(browser.all("main a[href$='/my/install']")).isEmpty();
      assertThat(browser.all("main a[href$='/privacy']")).hasSize(1);
    }
  }

  @Test
  @FullRunOnly
  void own_devices_snapshots_protections_and_notices_are_shown_and_nothing_of_others()
      throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Blue laptop");
    pagesFixture.backUp(participant);
    pagesFixture.participant("Laptop of somebody else");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.waitForText("Blue laptop", "Opted in", "64-digit key");
      browser.waitForTextIn("#verdict", "You are protected. Last backup ");
      assertThat(browser.all("#verdict a")).as("nothing is to do").isEmpty();
      assertThat(browser.all("[id='own:snapshots_data'] tr")).hasSize(1);
      browser.waitForTextIn(
          "[id='own:notices_data']",
          "A new device was added: Blue laptop.",
          "Please look",
          "The backup is set up and in use.");
      assertThat(browser.text()).doesNotContain("somebody else");
    }
  }

  @Test
  void a_snapshot_is_released_and_taken_back_and_the_newest_is_not_released() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Tidy laptop");
    pagesFixture.backUpTwice(participant);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.waitForTextIn(row(1), "Kept");
      assertThat(browser.textOf(row(1))).doesNotContain("Released");
      assertThat(held(browser)).startsWith("0 ");
      browser.click("[id='own:snapshots:1:release']");
      browser.waitForTextIn(
          ".ui-confirm-dialog",
          "Release a snapshot of Tidy laptop",
          "at least until",
          "gone for good");
      Instant until = Instant.parse(time(browser, ".ui-confirm-dialog"));
      assertThat(until).isAfter(Instant.now().plus(Duration.ofDays(29)));
      assertThat(releaseStatus(participant, 1).isMissingNode()).as("only asked yet").isTrue();
      browser.confirm();
      browser.waitForText("The snapshot is released.");
      browser.waitForTextIn(row(1), "Released", "by you", "can take it back until");
      assertThat(held(browser)).doesNotStartWith("0 ");
      JsonNode released = releaseStatus(participant, 1);
      assertThat(released.path("state").asText()).isEqualTo("HELD");
      assertThat(released.path("rule").asText()).isEqualTo("EMPLOYEE");
      assertThat(Instant.parse(released.path("until").asText()))
          .isAfterOrEqualTo(until)
          .isBefore(until.plus(Duration.ofMinutes(10)));
      assertThat(time(browser, row(1) + " td .hk-dim + .hk-dim"))
          .startsWith(released.path("until").asText().substring(0, 16));
      Accessibility.requireInEachLook(browser);

      browser.click("[id='own:snapshots:1:keep']");
      browser.waitForText("The snapshot is kept again.");
      browser.waitForTextIn(row(1), "Kept");
      assertThat(browser.textOf(row(1))).doesNotContain("Released");
      assertThat(held(browser)).startsWith("0 ");
      assertThat(releaseStatus(participant, 1).path("state").asText()).isEqualTo("KEPT");

      browser.waitForTextIn(row(0), "Kept", "The newest stays");
      assertThat(browser.all("[id='own:snapshots:0:release']")).isEmpty();
      assertThat(browser.all("button[id$=':keep']")).isEmpty();
    }
  }

  /** What the device hears of a snapshot's release, newest first. */
  private static JsonNode releaseStatus(PagesFixture.Participant participant, int number) {
    return participant.session().get(SNAPSHOTS).json().path("snapshots").path(number).path("fate");
  }

  private static String row(int number) {
    return "[id='own:snapshots_data'] > tr:nth-child(" + (number + 1) + ")";
  }

  /** The figure of what is released and still stored. */
  private static String held(Browser browser) {
    return browser.textOf("[id='figures'] .hk-tile:nth-child(5) dd");
  }

  private static String time(Browser browser, String css) {
    return String.valueOf(browser.one(css + " time").getDomAttribute("datetime"));
  }

  @Test
  void a_device_is_paused_and_resumed_and_a_revoked_one_gets_nothing_more() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Lost phone");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.click("button[id$=pause]");
      browser.waitForText("The device is paused.");
      browser.waitForTextIn("#verdict", "You are not protected: Lost phone is paused");
      assertThat(participant.session().get("/v1/device").status()).isEqualTo(403);
      browser.click("button[id$=resume]");
      browser.waitForText("The device may act again.");
      assertThat(participant.session().get("/v1/device").status()).isEqualTo(200);

      browser.click("button[id$=revoke]");
      browser.waitForTextIn(".ui-confirm-dialog", "Lost phone", "for good");
      assertThat(participant.session().get("/v1/device").status()).isEqualTo(200);
      browser.confirm();
      browser.waitForText("The device is revoked.");
      browser.waitForTextIn("[id='own:devices_data']", "Revoked");
      browser.waitForTextIn("#verdict", "none of your devices backs up", "Connect a device");
      assertThat(browser.all("button[id$=revoke]")).isEmpty();
    }
    ApiReply refused = participant.session().get("/v1/device");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.field("type")).endsWith("device-revoked");
  }

  @Test
  @FullRunOnly
  void a_backup_that_failed_is_told_with_its_cause_and_leads_to_what_to_do() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Full laptop");
    pagesFixture.backUp(participant);
    fail(participant, "LOCAL");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.waitForTextIn(
          "#verdict", "The last backup of Full laptop failed: trouble on the device");
      browser.click("[id='own:devices_data'] details.hk-advice summary");
      browser.waitForTextIn("[id='own:devices_data']", "Free some space on the disk");
      browser.click("#verdict a");
      browser.waitForHeading("Help with backups");
      assertThat(browser.address()).endsWith("/help#LOCAL");
      assertThat(browser.text()).doesNotContain("For the help desk");
    }
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(
          pagesFixture.people().named("helpdesk"),
          "/admin/employee?id=" + pagesFixture.employeeId(participant.person()));
      browser.waitForTextIn(
          ".hk-verdict", "The last backup of Full laptop failed", "Ask how much space");
      browser.waitForText("A new device was added: Full laptop.");
      browser.waitForText("The backup is offered to this person.");
      browser.click(".hk-verdict a");
      browser.waitForTextIn("main", "For the help desk");
    }
  }

  private static void fail(PagesFixture.Participant participant, String result) {
    Map<String, Object> run =
        Map.ofEntries(
            Map.entry("kind", "BACKUP"),
            Map.entry("result", result),
            Map.entry("startedAt", "2026-01-01T00:00:00Z"),
            Map.entry("endedAt", "2026-01-01T00:01:00Z"),
            Map.entry("agentVersion", "1"),
            Map.entry("filesDone", 1),
            Map.entry("filesFailed", 0),
            Map.entry("bytesRead", 1),
            Map.entry("bytesSent", 1),
            Map.entry("bytesReceived", 1),
            Map.entry("durationMillis", 1));
    String path = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    assertThat(participant.session().json("PUT", path, run).status()).isEqualTo(204);
  }

  @Test
  @FullRunOnly
  void what_was_opted_out_of_is_erased_and_the_receipt_can_be_downloaded() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Notebook");
    pagesFixture.backUp(participant);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/consent");
      browser.click("button[id$=withdraw]");
      browser.confirm();
      browser.waitForText("You have opted out.");
      assertThat(participant.session().get("/v1/device/snapshots").json().get("snapshots"))
          .hasSize(1);
      graceIsOver(participant);
      // The portal looks every half minute.
      browser.waitFor(
          _ -> participant.session().get("/v1/device/snapshots").json().get("snapshots").isEmpty());
      // Between the last step and the receipt lies one more look at the page.
      browser.reopenUntil("/my/consent", () -> !browser.all("button[id$=receipt]").isEmpty());
      Path receipt = browser.download("button[id$=receipt]");
      String[] parts = Files.readString(receipt).split("\\.", -1);
      assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
          .contains("\"snapshots\":1", "\"objects\":2", participant.device().setId());
    }
    JsonNode keys =
        ApiClient.anonymous(pagesFixture.stack()).get("/public/receipt-keys").json().get("keys");
    assertThat(keys).hasSize(1);
  }

  private void graceIsOver(PagesFixture.Participant participant) throws Exception {
    try (var connection = pagesFixture.stack().db().asOwner();
        var update =
            connection.prepareStatement(
                "update erasure set due_kept = timestamp with time zone '2026-01-01 00:00:00+00'"
                    + " where set_id = ?")) {
      update.setString(1, participant.device().setId());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  @FullRunOnly
  void a_legal_hold_is_shown_to_whom_it_concerns_and_to_staff() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Held laptop");
    long id = pagesFixture.employeeId(participant.person());
    String hold = "/v1/admin/employees/" + id + "/legal-hold";
    assertThat(pagesFixture.adminApi().json("PUT", hold, Map.of("reason", "Case 9")).status())
        .isEqualTo(201);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.waitForTextIn("#legal-hold", "Legal hold", "nothing of it");
      assertThat(browser.text()).doesNotContain("Case 9");
    }
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/employee?id=" + id);
      browser.waitForTextIn("h1", participant.person().username());
      browser.waitForTextIn("#legal-hold", "Nothing is erased");
    }
  }

  @Test
  void signing_out_ends_the_session_at_the_sign_on_too() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().employee("/Legal"), "/my/backups");
      browser.click("[id='session:signOut']");
      browser.waitForText("You are signed out");
      browser.open("/my/backups");
      assertThat(browser.atPortal()).isFalse();
      assertThat(browser.all("#username")).isNotEmpty();
    }
  }

  @Test
  @FullRunOnly
  void language_and_colours_follow_browser_and_system_until_the_viewer_chooses() throws Exception {
    try (Browser browser = pagesFixture.browser("ja")) {
      browser.prefer("light");
      browser.signIn(pagesFixture.people().employee("/Legal"), "/privacy");
      browser.waitForHeading("IT 部門に見えるもの、見えないもの");
      browser.click("[id='language:en']");
      browser.waitForText("What IT can and cannot see");
      assertThat(browser.one("html").getDomAttribute("lang")).isEqualTo("en");
      browser.open("/my/install");
      browser.waitForHeading("Install the agent");

      String light = background(browser);
      browser.prefer("dark");
      String dark = background(browser);
      assertThat(dark).isNotEqualTo(light);
      browser.click("[id='look:scheme']");
      browser.waitForText("Theme: Light");
      assertThat(background(browser)).isEqualTo(light);
      browser.prefer("light");
      browser.click("[id='look:scheme']");
      browser.waitForText("Theme: Dark");
      assertThat(background(browser)).isEqualTo(dark);

      browser.driver().manage().deleteCookieNamed(PageClient.SESSION);
      browser.open("/privacy");
      browser.waitForText("What IT can and cannot see", "Theme: Dark");
      assertThat(background(browser)).isEqualTo(dark);
    }
  }

  private static String background(Browser browser) {
    return browser.one("body").getCssValue("background-color");
  }
}
