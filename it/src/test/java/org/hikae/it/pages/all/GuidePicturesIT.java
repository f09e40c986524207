package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Makes the pictures of the guides anew, in {@code it/target/images}; docs/README.md says how they
 * get into the guides. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
class GuidePicturesIT {

  private static final Path FOLDER = BuildOutput.root().resolve("it/target/images");
  private static final int WIDTH = 900;
  private static final int HEIGHT = 700;

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    Files.createDirectories(FOLDER);
  }

  @ParameterizedTest
  @CsvSource({"en, Office laptop, Hana, Mori", "ja, 会社のノートPC, 花, 森"})
  void shows_employees_their_pages(String language, String device, String given, String family)
      throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant(device);
    pagesFixture
        .stack()
        .keycloak()
        .admin(
            "PUT",
            "/users/" + participant.person().id(),
            Map.of("firstName", given, "lastName", family));
    pagesFixture.backUp(participant);
    try (Browser browser = open(language, participant.person(), "/my/backups")) {
      take(browser, "my-backups." + language, "/my/backups");
      take(browser, "my-consent." + language, "/my/consent");
      take(browser, "install." + language, "/my/install");
    }
  }

  @Test
  void shows_administrators_theirs() throws Exception {
    PagesFixture.Participant participant = pagesFixture.participant("Office laptop");
    pagesFixture.backUp(participant);
    Map<String, Object> shown = pagesFixture.shown(participant);
    try (Browser browser = open("en", pagesFixture.admin(), "/admin/overview")) {
      take(browser, "overview.en", "/admin/overview");
      take(browser, "campaign.en", SitePages.address("/admin/campaign?id={campaign}", shown));
      take(browser, "policy.en", "/admin/policy?of=default");
    }
  }

  private static Browser open(String language, TestAccount testAccount, String page) {
    Browser browser = Browser.open(pagesFixture.stack(), language);
    browser.prefer("light");
    browser.width(WIDTH, HEIGHT);
    return browser.signIn(testAccount, page);
  }

  private static void take(Browser browser, String name, String page) throws IOException {
    browser.open(page);
    new BrowserWindow(browser).paint();
    assertThat(browser.text()).doesNotContain("???");
    Files.write(FOLDER.resolve(name + ".png"), new BrowserWindow(browser).window());
  }
}
