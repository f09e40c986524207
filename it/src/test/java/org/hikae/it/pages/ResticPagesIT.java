package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

/**
 * What pages show of restic and what people do there: credentials, repositories, the way back to a
 * moment, and last backups by their name. Time budget: 180 seconds beside the system's start.
 */
@EveryThirdRun
class ResticPagesIT {

  private static final String MOMENT = "[id='backMoment']";

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  /** A device that uses restic. */
  private record Client(
      PagesFixture.Participant participant, String username, ApiClient api, String place) {

    static Client of(PagesFixture.Participant participant) {
      JsonNode given =
          participant.session().send("POST", "/v1/device/restic/credentials", null, null).json();
      return of(
          participant,
          given.path("username").asText(),
          given.path("password").asText(),
          given.path("repository").asText());
    }

    static Client of(
        PagesFixture.Participant participant, String username, String password, String repository) {
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      ApiClient api =
          ApiClient.anonymous(pagesFixture.stack())
              .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      return new Client(participant, username, api, "/restic/" + repository + "/");
    }

    /** Stores a snapshot and gives its name. */
    String snapshot() {
      byte[] bytes = ApiDevice.random(300);
      String name = Hash256.sha256(bytes).hex();
      assertThat(api.bytes("POST", place + "snapshots/" + name, bytes).status()).isEqualTo(200);
      return name;
    }

    List<String> snapshots() {
      return api.get(place + "snapshots/").json().valueStream().map(JsonNode::asText).toList();
    }

    void delete(String snapshot) {
      assertThat(api.send("DELETE", place + "snapshots/" + snapshot, null, null).status())
          .isEqualTo(200);
    }

    /** Makes everything that was stored so far an hour older. */
    void anHourLater() throws Exception {
      pagesFixture.change(
          "update restic_object set stored_at = stored_at - interval '1' hour where"
              + " repository_id in (select repository_id from repository where device_id = ?)",
          participant.device().id());
      pagesFixture.change(
          "update repository set created_at = created_at - interval '2' hour where device_id = ?",
          participant.device().id());
    }
  }

  private static String code(Browser browser, String id) {
    return browser.textOf("[id='" + id + "']");
  }

  private static void assertForEverybody(Browser browser) {
    Accessibility.requireInBothSchemes(browser);
    browser.width(768, 900);
    assertThat(new BrowserWindow(browser).sticksOut()).isEmpty();
    browser.width(1440, 900);
    assertThat(browser.text()).doesNotContain("???");
  }

  @Test
  @FullRunOnly
  void nothing_of_restic_is_shown_to_who_has_not_opted_in() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.company().waitingEmployee(), "/my/backups");
      browser.waitForText("not offered to you yet");
      assertThat(browser.text()).doesNotContain("restic");
      assertThat(browser.all("[id='restic']")).isEmpty();
    }
  }

  @Test
  void an_employee_creates_a_credential_and_revokes_it() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Laptop with restic");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.waitForText("No device uses restic yet", "hikae restic setup");
      browser.click("[id='restic:give']");
      browser.waitForText("Your new credential");
      String password = code(browser, "madePassword");
      String address = code(browser, "madeAddress");
      assertThat(address)
          .startsWith("rest:" + pagesFixture.stack().portalUrl() + "/api/restic/")
          .endsWith("/");
      assertThat(code(browser, "madeShell"))
          .contains("RESTIC_REST_PASSWORD='" + password + "'", "'" + address + "'");
      assertForEverybody(browser);
      copies(browser, "madePassword", password);
      copies(browser, "madeAddress", address);
      String repository = address.replaceFirst(".*/restic/(\\w+)/$", "$1");
      Client client = Client.of(participant, code(browser, "madeUser"), password, repository);
      browser.click("[id='restic:done']");
      browser.waitFor(_ -> browser.all("[id='madePassword']").isEmpty());

      client.snapshot();
      client.snapshot();
      browser.open("/my/backups");
      assertThat(String.valueOf(browser.driver().getPageSource())).doesNotContain(password);
      browser.waitForTextIn("[id='restic:repositories_data']", "Laptop with restic", "2", "600 B");
      browser.waitForTextIn("[id='own:devices_data']", "by restic", "Not reported");
      browser.waitForText("and 2 of restic");
      String end =
          String.valueOf(browser.one("[id='restic:keys_data'] button").getDomAttribute("id"));
      DialogsIT.use(browser, end);
      browser.confirm();
      browser.waitForText("Nobody gets in with it any more.");
      browser.waitForTextIn("[id='restic:keys_data']", "Revoked");
      assertThat(client.api().get(client.place() + "snapshots/").status()).isEqualTo(401);
    }
  }

  /** Presses a button that copies and looks into the clipboard. */
  private static void copies(Browser browser, String id, String text) {
    browser.cdp(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    browser.script("document.getElementById('copied').textContent = ''");
    browser.click("button[data-copy='" + id + "']");
    browser.waitForExactly("[id='copied']", "Copied.");
    assertThat(browser.later("navigator.clipboard.readText().then(arguments[0])")).isEqualTo(text);
  }

  @Test
  @FullRunOnly
  void a_credential_is_created_for_an_active_device_only() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Paused laptop");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(participant.person(), "/my/backups");
      browser.click("[id$=':pause']");
      browser.waitForText("The device is paused.");
      browser.open("/my/backups");
      browser.waitForText("No active device.");
      assertThat(browser.all("[id='restic:give']")).isEmpty();
    }
  }

  /** Chooses a moment as the browser's own field does. */
  private static void moment(Browser browser, Instant moment) {
    WebElement field = browser.one(MOMENT);
    LocalDateTime local =
        LocalDateTime.ofInstant(moment, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    browser.script(
        "arguments[0].value = arguments[1];"
            + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
        field,
        local.toString());
  }

  private static void rewind(Browser browser, String says) {
    browser.click("[id='restic:rewind']");
    browser.waitForTextIn(".ui-confirm-dialog", "Nothing is destroyed now", "are back at once");
    browser.confirm();
    browser.waitForText(says);
  }

  @Test
  @FullRunOnly
  void an_employee_takes_a_repository_back_to_a_moment() throws Exception {
    Client client = Client.of(pagesFixture.participant("Attacked laptop"));
    String good = client.snapshot();
    client.anHourLater();
    String bad = client.snapshot();
    client.delete(good);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(client.participant().person(), "/my/backups");
      browser.click("[id$=':choose']");
      browser.waitForText("Stop restic on the device first.");
      assertForEverybody(browser);
      DialogsIT.use(browser, "restic:rewind");
      browser.driver().navigate().refresh();
      browser.click("[id$=':choose']");
      rewind(browser, "Choose the moment first.");
      moment(browser, Instant.now().plus(2, ChronoUnit.HOURS));
      rewind(browser, "Choose a moment within the hold period");
      assertThat(browser.one(MOMENT).getDomProperty("value")).isNotEmpty();
      browser.driver().navigate().refresh();
      browser.click("[id$=':choose']");
      moment(browser, Instant.now().minus(30, ChronoUnit.MINUTES));
      rewind(browser, "is taken back");
      assertThat(browser.textOf("[id='restic:back']"))
          .containsPattern("Objects that are back\\s+1");
      assertThat(browser.textOf("[id='restic:back']"))
          .containsPattern("Objects that are released now\\s+1");
      assertForEverybody(browser);
    }
    assertThat(client.snapshots()).containsExactly(good).doesNotContain(bad);
  }

  @Test
  @FullRunOnly
  void an_administrator_takes_a_repository_back_and_revokes_a_credential() throws Exception {
    Client client = Client.of(pagesFixture.participant("Laptop of another"));
    String good = client.snapshot();
    client.anHourLater();
    client.delete(good);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), page(client));
      browser.waitForText("by restic");
      browser.click("[id$=':choose']");
      browser.waitForText("Stop restic on the device first.");
      moment(browser, Instant.now().minus(30, ChronoUnit.MINUTES));
      rewind(browser, "is taken back");
      assertThat(browser.textOf("[id='restic:back']"))
          .containsPattern("Objects that are back\\s+1");
      assertThat(client.snapshots()).containsExactly(good);
      assertForEverybody(browser);
      browser.click("[id$=':end']");
      browser.confirm();
      browser.waitForText("Nobody gets in with it any more.");
    }
    assertThat(client.api().get(client.place() + "snapshots/").status()).isEqualTo(401);
    JsonNode events = pagesFixture.adminApi().get("/v1/admin/audit?limit=100").json();
    assertThat(events.toString())
        .contains("restic-credential:" + client.username(), "restic.credential-revoke");
  }

  private static String page(Client client) {
    return "/admin/device?id=" + client.participant().device().id();
  }

  @ParameterizedTest
  @CsvSource({"helpdesk, true", "auditor, false"})
  @FullRunOnly
  void others_see_it_and_only_the_help_desk_revokes(String name, boolean mayRevoke)
      throws Exception {
    Client client = Client.of(pagesFixture.participant("Seen by " + name));
    client.snapshot();
    TestAccount testAccount = pagesFixture.people().named(name);
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(testAccount, page(client));
      browser.waitForTextIn("[id='restic:repositories_data']", "300 B");
      assertThat(browser.all("[id$=':choose']")).isEmpty();
      assertThat(browser.all("[id$=':end']")).hasSize(mayRevoke ? 1 : 0);
    }
  }

  @Test
  @FullRunOnly
  void a_last_backup_is_named_as_what_it_is() throws Exception {
    PagesFixture.Participant both = pagesFixture.participant("Laptop with both");
    pagesFixture.backUp(both);
    Client client = Client.of(pagesFixture.participant("Server with restic"));
    client.snapshot();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), "/admin/devices?order=newest");
      String rows = "[id='list:table_data'] > tr";
      assertThat(browser.saying(rows, "Laptop with both")).contains("by the agent");
      assertThat(browser.saying(rows, "Server with restic")).contains("by restic");
      browser.open("/admin/employees?text=" + client.participant().person().username());
      browser.click("[id='list:table_data'] a");
      browser.waitForTextIn("[aria-labelledby='facts']", "by restic");
      browser.waitForText("Not reported");
      browser.open("/admin/device?id=" + both.device().id());
      browser.waitForText("by the agent");
      assertThat(browser.all("[id='restic']")).isEmpty();
    }
  }
}
