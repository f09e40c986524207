package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/**
 * The rollout's campaigns in a real browser through the real sign-on. Time budget: 120 seconds
 * beside the system's start.
 */
@FullRunOnly
class CampaignPagesIT {

  private static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";
  private static final String LISTED = "[id='campaigns:table_data'] > tr";

  private static PagesFixture pagesFixture;

  private int clickCount;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  private static long campaign(String name, Map<String, Object> wave) throws Exception {
    ApiClient admin = pagesFixture.adminApi();
    ApiReply made =
        admin.json(
            "POST",
            CAMPAIGNS,
            Map.of(
                "name",
                name,
                "gates",
                List.of(Map.of("gate", "VAULT_ERRORS", "maxPercent", 7, "minObserved", 20))));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    long id = made.json().path("campaignId").asLong();
    ApiReply added = admin.json("POST", CAMPAIGNS + "/" + id + "/waves", wave);
    assertThat(added.status()).as("%s", added).isEqualTo(201);
    return id;
  }

  /** What the list says of a campaign, however many newer ones others have made. */
  static String listed(Browser browser, String name) {
    browser.open("/admin/rollout");
    while (browser.all(LISTED).stream().noneMatch(row -> row.getText().contains(name))) {
      browser.click("[id='campaigns:older']");
    }
    return browser.saying(LISTED, name);
  }

  @Test
  void an_auditor_sees_everything_and_can_change_nothing() throws Exception {
    long id = campaign("Audited", Map.of("name", "All", "percent", 50));
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/rollout");
      assertThat(listed(browser, "Audited")).contains("Draft");
      assertThat(browser.all("#new")).isEmpty();
      browser.open("/admin/campaign?id=" + id);
      browser.waitForText("50 % of everybody", "more than 7 % of devices");
      assertThat(browser.all("form[id='campaign'] button")).noneMatch(WebElement::isDisplayed);
      browser.click(".cam-timeline a");
      browser.waitForHeading("All");
      assertThat(browser.textOf("[id='wave:people']")).isNotBlank();
      assertThat(browser.all("[id='wave:review'], [id='list:check']")).isEmpty();
      browser.expectStatus(403);
      browser.open("/admin/campaign-edit?id=" + id);
      browser.waitForHeading("This page is not for your role");
    }
  }

  @Test
  void a_campaign_is_made_started_paused_resumed_widened_and_ended() throws Exception {
    pagesFixture.people().employee("/Legal");
    pagesFixture.people().employee("/Finance");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/rollout");
      browser.click("#new");
      browser.click("[id='edit:save']");
      browser.waitForText("Please give it a name.");
      browser.type("[id='edit:name']", "Pilot of the pages");
      browser.click("[id='edit:wave:1:remove']");
      browser.click("[id='edit:wave:0:remove']");
      browser.click("[id='edit:save']");
      browser.waitForText("The campaign is a draft: nobody is invited yet.");
      browser.waitForHeading("Pilot of the pages");
      assertThat(browser.one("[id='campaign:start']").isEnabled()).isFalse();

      browser.click("[id='campaign:addWave']");
      browser.type("[id='wave:name']", "Lawyers");
      choose(browser, "/Legal");
      browser.click("[id='wave:review']");
      browser.waitForText("Before you save");
      browser.waitForTextIn("[id='wave:people']", "person-");
      browser.click("[id='wave:save']");
      browser.waitForText("The wave is added.");

      press(browser, "start", "They can opt in from now on", "The campaign runs.");
      untilInvited(browser);
      browser.waitForTextIn(".cam-funnels", "Offered", "Healthy");
      press(browser, "pause", "Nobody new is invited", "The campaign is paused.");
      press(browser, "resume", "goes on where it was", "The campaign goes on.");
      anotherWaveWaitsAndIsBegunByHand(browser);

      browser.click(".cam-timeline a");
      choose(browser, "/Finance");
      browser.click("[id='wave:review']");
      browser.waitForText("who is not invited yet is invited as soon as you save");
      assertThat(browser.textOf("#review-card")).doesNotContain("Not yet: 0.");
      browser.click("[id='wave:save']");
      browser.waitForText("The wave is changed.");
      untilInvited(browser);

      press(browser, "complete", "keep the offer", "The campaign is completed.");
      assertThat(browser.all("[id='campaign:addWave']")).isEmpty();
      press(browser, "cancel", "who have not opted in", "The campaign is cancelled.");
      assertThat(listed(browser, "Pilot of the pages")).contains("Cancelled", "2 of 2");
    }
  }

  /**
   * The task of docs/first-use.md: a campaign with two waves, the first for a department, from the
   * page of the rollout until it runs. A choice from a list counts two.
   */
  @Test
  void a_campaign_with_two_waves_takes_eight_clicks_and_shows_its_people_before_it_starts()
      throws Exception {
    TestAccount lawyer = pagesFixture.people().employee("/Legal");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/rollout");

      clickCount = 0;
      count(browser, "#new");
      count(browser, "[id='edit:name']");
      browser.type("[id='edit:name']", "Two waves");
      assertThat(browser.one("[id='edit:wave:0:name']").getDomProperty("value")).isEqualTo("Pilot");
      assertThat(browser.one("[id='edit:wave:1:name']").getDomProperty("value"))
          .isEqualTo("Everybody else");
      new Select(browser.one("[id='edit:wave:0:audience']")).selectByValue("GROUPS");
      clickCount += 2;
      choose(browser, "/Legal");
      clickCount++;
      count(browser, "[id='edit:save']");
      browser.waitForText("The campaign is a draft: nobody is invited yet.");
      browser.waitForTextIn(".cam-names", "Test person-");
      assertThat(browser.all(".cam-invited, .cam-inviting")).isEmpty();
      assertThat(browser.textOf(".cam-timeline"))
          .contains(
              "1. Pilot", "/Legal", "2. Everybody else", "100 % of everybody", "3 days after");
      count(browser, "[id='campaign:start']");
      count(browser, ".ui-confirmdialog-yes");
      browser.waitForText("The campaign runs.");
      assertThat(clickCount).isEqualTo(8);
      untilInvited(browser);
      browser.click(".cam-timeline a");
      browser.waitForTextIn("[id='wave:people']", lawyer.username());
    }
  }

  @Test
  void another_wave_comes_before_that_for_everybody_and_one_is_left_out() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/campaign-edit");
      browser.click("[id='edit:addWave']");
      browser.waitFor(_ -> names(browser).equals(List.of("Pilot", "Wave 2", "Everybody else")));
      // What was typed stays, also where a fault is elsewhere.
      browser.one("[id='edit:wave:1:name']").clear();
      browser.type("[id='edit:wave:1:name']", "Volunteers");
      browser.click("[id='edit:save']");
      browser.waitForText("Please give it a name.");
      browser.click("[id='edit:wave:0:remove']");
      browser.waitFor(_ -> names(browser).equals(List.of("Volunteers", "Everybody else")));
      browser.waitForTextIn("[id='edit:wave:0:soakText']", "As soon as the campaign starts");
      browser.type("[id='edit:name']", "Left out");
      browser.click("[id='edit:save']");
      browser.waitForHeading("Left out");
      assertThat(browser.textOf(".cam-timeline"))
          .contains("1. Volunteers", "30 % of everybody", "2. Everybody else");
    }
  }

  private void count(Browser browser, String css) {
    browser.click(css);
    clickCount++;
  }

  private static List<String> names(Browser browser) {
    return browser.all("input[id$=':name'][id*=':wave:']").stream()
        .map(field -> field.getDomProperty("value"))
        .toList();
  }

  /** Chooses when a wave starts as the browser's own field does. */
  static void start(Browser browser, String local) {
    browser.script(
        "arguments[0].value = arguments[1];"
            + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
        browser.one("[id='wave:startsAtLocal']"),
        local);
  }

  private static void anotherWaveWaitsAndIsBegunByHand(Browser browser) {
    browser.cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
    browser.click("[id='campaign:addWave']");
    browser.type("[id='wave:name']", "Lawyers again");
    browser.waitForTextIn(
        "[id='wave:soakText']", "3 days after", "at least 90 % of at least 5 observed people");
    choose(browser, "/Legal");
    start(browser, "2020-01-01T09:00");
    browser.click("[id='wave:review']");
    browser.waitForTextIn("[id='wave:past']", "This time is over.");
    // What is not shown cannot be waited for.
    assertThat(browser.script("return document.getElementById('wave:startsAt').value"))
        .isEqualTo("2020-01-01T00:00:00.000Z");
    assertThat(browser.one("[id='wave:startsAtLocal']").getDomProperty("value"))
        .startsWith("2020-01-01T09:00");
    start(browser, "");
    browser.click("[id='wave:review']");
    browser.waitForTextIn("#soak-review", "3 days after");
    browser.click("[id='wave:save']");
    browser.waitForText("The wave is added.");
    browser.waitForTextIn(".cam-waits", "Waits until", "0 of", "nobody observed yet");
    browser.click(".cam-hand summary");
    browser.type(".cam-hand input", "They are on holiday");
    browser.click(".cam-hand button");
    browser.waitForTextIn(".ui-confirm-dialog", "without waiting any longer");
    browser.confirm();
    browser.waitForText("The wave has begun.");
    assertThat(browser.all(".cam-waits, .cam-hand")).isEmpty();
  }

  /** Campaigns go on every ten seconds. */
  private static void untilInvited(Browser browser) {
    String page = browser.address().substring(pagesFixture.stack().portalUrl().toString().length());
    browser.reopenUntil(page, () -> !browser.all(".cam-invited").isEmpty());
  }

  /** Ticks a department, of which others may be the beginning of the name. */
  private static void choose(Browser browser, String group) {
    browser.waitFor(
        _ -> {
          List<WebElement> labels =
              browser.all(".cam-groups label").stream()
                  .filter(label -> label.getText().equals(group))
                  .toList();
          labels.forEach(WebElement::click);
          return !labels.isEmpty();
        });
  }

  private static void press(Browser browser, String button, String asked, String done) {
    browser.click("[id='campaign:" + button + "']");
    browser.waitForTextIn(".ui-confirm-dialog", asked);
    browser.confirm();
    browser.waitForText(done);
  }

  @Test
  void a_list_is_checked_row_by_row_before_it_is_imported(@TempDir Path temp) throws Exception {
    TestAccount testAccount = pagesFixture.people().employee("/Legal");
    long id = campaign("With a list", Map.of("name", "Named people"));
    JsonNode wave = pagesFixture.adminApi().get(CAMPAIGNS + "/" + id).json().at("/waves/0");
    Path wrong = temp.resolve("wrong.csv");
    Files.writeString(wrong, "username\nnobody-of-this-name\n" + testAccount.username() + "\n");
    Path right = temp.resolve("right.csv");
    Files.writeString(right, "username\n" + testAccount.username() + "\n");
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open("/admin/wave?campaign=" + id + "&waveId=" + wave.path("waveId").asLong());
      browser.click("[id='list:check']");
      browser.waitForText("Please choose a file first.");
      browser.one("[id='list:file']").sendKeys(wrong.toString());
      browser.click("[id='list:check']");
      browser.waitForText("Some rows are wrong");
      browser.waitForTextIn(
          "[id='list:faults']",
          "2",
          "nobody-of-this-name",
          "No such employee. Correct the spelling.");
      assertThat(browser.all("[id='list:take']")).isEmpty();
      browser.one("[id='list:file']").sendKeys(right.toString());
      browser.click("[id='list:check']");
      browser.waitForText("Every row is right");
      browser.click("[id='list:take']");
      browser.waitForTextIn(
          ".ui-confirm-dialog", "The new list (1) takes the place of the present one (0)");
      browser.confirm();
      browser.waitForText("The list is imported.");
      browser.waitForTextIn("[id='wave:people']", testAccount.username());
    }
  }

  @Test
  void people_are_picked_for_a_wave_and_left_out_again() throws Exception {
    TestAccount first = pagesFixture.people().employee("/Legal");
    TestAccount second = pagesFixture.people().employee("/Legal");
    long id = campaign("Picked", Map.of("name", "Volunteers"));
    JsonNode wave = pagesFixture.adminApi().get(CAMPAIGNS + "/" + id).json().at("/waves/0");
    String page = "/admin/wave?campaign=" + id + "&waveId=" + wave.path("waveId").asLong();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/rollout");
      browser.click("[id='rollout:sync']");
      browser.waitForText("The directory was read.");
      browser.open(page);
      pick(browser, first);
      pick(browser, second);
      assertThat(browser.all(".cam-chips > li")).hasSize(2);
      browser.click("[id='wave:review']");
      browser.waitForTextIn("#review-card", "People in it: 2.");
      browser.waitForTextIn("[id='wave:people']", first.username(), second.username());
      browser.click("[id='wave:save']");
      browser.waitForText("The wave is changed.");
      browser.waitForTextIn(".cam-names", "Test " + first.username());

      browser.open(page);
      browser.clickIn(".cam-chips > li", first.username(), "button");
      browser.waitFor(_ -> browser.all(".cam-chips > li").size() == 1);
      browser.click("[id='wave:review']");
      browser.waitForTextIn("#review-card", "People in it: 1.");
      browser.click("[id='wave:save']");
      browser.waitForText("List of people (1)");
      browser.waitForExactly(".cam-names", "Test " + second.username());
      Accessibility.requireInEachLook(browser);
      browser.open(page);
      Accessibility.requireInEachLook(browser);
    }
  }

  private static void pick(Browser browser, TestAccount person) {
    browser.one("[id='wave:sought']").clear();
    browser.type("[id='wave:sought']", person.username().toUpperCase(Locale.ROOT));
    browser.click("[id='wave:find']");
    browser.clickIn(".cam-found > li", person.username(), "button");
    browser.waitForTextIn(".cam-chips", person.username());
  }

  @Test
  void the_second_of_two_who_edit_sees_both_and_decides() throws Exception {
    long id = campaign("Contested", Map.of("name", "All", "percent", 1));
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.admin(), "/admin/campaign-edit?id=" + id);
      ApiReply faster =
          pagesFixture
              .adminApi()
              .with("If-Match", "\"2\"")
              .json("PUT", CAMPAIGNS + "/" + id, Map.of("name", "Theirs", "gates", List.of()));
      assertThat(faster.status()).as("%s", faster).isEqualTo(200);
      browser.type("[id='edit:name']", " of mine");
      browser.click("[id='edit:save']");
      browser.waitForText("Somebody else changed it meanwhile");
      browser.waitForTextIn(".cam-both", "Theirs", "Contested of mine");
      browser.click("[id='edit:mine']");
      browser.click("[id='edit:save']");
      browser.waitForText("The changes are saved.");
      browser.waitForHeading("Contested of mine");
    }
  }
}
