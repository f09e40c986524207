package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * A rollout is started, paused and widened with the keyboard alone. Time budget: 60 seconds beside
 * the system's start.
 */
@EveryThirdRun
class RolloutKeyboardIT {

  private static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";

  private static PagesFixture pagesFixture;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    browser = pagesFixture.browser();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void a_rollout_is_started_paused_and_widened_without_a_mouse() throws Exception {
    long id = campaign();
    browser.signIn(pagesFixture.admin(), "/admin/campaign?id=" + id);
    Keyboard keyboard = new Keyboard(browser);
    act(keyboard, "campaign:start", "The campaign runs.");
    act(keyboard, "campaign:pause", "The campaign is paused.");

    keyboard.reach(".cam-timeline a").press(Keys.ENTER);
    browser.waitForText("Share of everybody");
    keyboard.reach("[id='wave:percent']").press(Keys.chord(Keys.CONTROL, "a"), "2");
    keyboard.reach("[id='wave:review']").press(Keys.ENTER);
    browser.waitForText("Before you save");
    keyboard.reach("[id='wave:save']").press(Keys.ENTER);
    browser.waitForText("The wave is changed.");
    browser.waitForText("2 % of everybody");
  }

  private static long campaign() throws Exception {
    ApiClient admin = pagesFixture.adminApi();
    ApiReply made =
        admin.json("POST", CAMPAIGNS, Map.of("name", "By keyboard", "gates", List.of()));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    long id = made.json().path("campaignId").asLong();
    ApiReply added =
        admin.json("POST", CAMPAIGNS + "/" + id + "/waves", Map.of("name", "A few", "percent", 1));
    assertThat(added.status()).as("%s", added).isEqualTo(201);
    return id;
  }

  /** Presses a button and agrees to what it asks. */
  private static void act(Keyboard keyboard, String button, String done) {
    keyboard.reach("[id='" + button + "']").press(Keys.ENTER);
    browser.textOf(".ui-confirm-dialog");
    keyboard.reach(".ui-confirmdialog-yes").press(Keys.ENTER);
    browser.waitForText(done);
  }
}
