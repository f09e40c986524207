package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.device.cli.window.AgentWindow;
import org.hikae.it.agent.InProcessAgent;
import org.hikae.it.client.KeycloakFormClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The agent's window in a browser, from nothing to a file that is back, on one computer and on the
 * next, without a terminal. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
class WindowPageIT {

  private static final String PASSWORD = "orbit velvet cactus 41 lantern";
  private static final String GROUP = "/Sales";
  private static final int PHONE = 390;
  private static final int LAPTOP = 1280;

  private static PagesFixture pagesFixture;

  @TempDir private Path temp;

  private Browser browser;
  private TestAccount person;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    assertThat(
            pagesFixture
                .adminApi()
                .json("PUT", "/v1/admin/rollout/offers" + GROUP, Map.of())
                .status())
        .isBetween(200, 201);
  }

  @Test
  void a_person_gets_a_deleted_file_back_without_a_terminal() throws Exception {
    person = pagesFixture.people().employee(GROUP);
    Path folder = Files.createDirectories(temp.resolve("Documents"));
    Path plan = Files.writeString(folder.resolve("garden plan.txt"), "tulips");
    Files.writeString(folder.resolve("letter.txt"), "Dear Aiko");
    try (AgentWindow window = computer("laptop").window("en");
        Browser first = pagesFixture.browser()) {
      browser = first;
      browser.driver().get(window.linkFile().toUri().toString());
      signIn();
      List<String> rows = optIn();
      requireForgotten(rows);
      backUp(folder);
      Files.writeString(plan, "tulips and roses");
      backUp(folder);
      Files.delete(plan);
      backUp(folder);
      press("nav button", "Am I protected?");
      heading("You are protected, as long as you think of it");
      look();
      Path back = temp.resolve("back");
      find("plan", back);
      assertThat(files(back))
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("tulips"));
      requireForgotten(rows);
      restic();
      requireForgotten(rows);
      press("header button", "Close the window");
      heading("This window is closed");
      window.awaitEnd();
    }
    assertThat(temp.resolve("sheet.pdf")).exists();
    anotherComputer();
  }

  /** The same person on a new computer, with the password and in Japanese. */
  private void anotherComputer() throws Exception {
    try (AgentWindow window = computer("desktop").window("ja");
        Browser second = pagesFixture.browser("ja")) {
      browser = second;
      browser.driver().get(window.linkFile().toUri().toString());
      signIn();
      press("section.verdict button.first");
      browser.waitFor(_ -> !browser.all("input[name=choice], #password").isEmpty());
      if (browser.all("#password").isEmpty()) {
        look();
        press("form button.first");
      }
      browser.one("#password").sendKeys(PASSWORD);
      look();
      press("form button.first");
      heading("このデバイスでバックアップと復元ができます");
      press("nav button", "スナップショット");
      browser.waitFor(_ -> browser.all("main li button").size() == 3);
      look();
      // The oldest: it has what was deleted since.
      browser.all("main li button").getLast().click();
      browser.waitForText("garden plan.txt", "letter.txt");
      browser.all("tbody input").forEach(WebElement::click);
      look();
      press("main button", "ここにあるすべてを復元 ...");
      Path back = temp.resolve("all");
      browser.one("#target").clear();
      browser.one("#target").sendKeys(back.toString());
      press("form button.first");
      heading("すべて復元しました");
      assertThat(files(back))
          .extracting(file -> Files.readString(file))
          .containsExactlyInAnyOrder("tulips", "Dear Aiko");
      leave();
    }
  }

  /** The pages beside the way; what restic needs is shown once, and ended again. */
  private void restic() {
    press("nav button", "Schedule");
    heading("Schedule");
    look();
    press("nav button", "Key and devices");
    press("main button", "What to do now");
    heading("My device was lost or stolen");
    look();
    press("nav button", "Key and devices");
    heading("Key and devices");
    look();
    press("main button", "Set up restic");
    look();
    press("main button", "Set restic up on this device");
    heading("restic is set up");
    press("nav button", "Key and devices");
    press("main button", "Set up restic");
    press("main button", "Show what restic needs on another computer");
    heading("What restic needs");
    String shown = browser.textOf("pre.secret");
    assertThat(shown).contains("RESTIC_REPOSITORY=", "RESTIC_PASSWORD=");
    look();
    press("form button", "End this credential again");
    heading("restic on another computer");
    String password = shown.replaceAll("(?s).*RESTIC_PASSWORD='([^']+)'.*", "$1");
    assertThat(kept()).doesNotContain(password);
  }

  /** What opting out means, that it is not done before it is, and a computer without keys. */
  private void leave() {
    press("nav button", "鍵とデバイス");
    press("main button", "利用を停止する");
    browser.waitFor(_ -> !browser.all("#agree").isEmpty());
    look();
    browser.click("#agree");
    assertThat(browser.one("a.go").getDomAttribute("href")).endsWith("/my/consent");
    look();
    press("form button.first");
    browser.waitForTextIn("[role=alert]", "まだ停止されていません");
    look();
    press("nav button", "鍵とデバイス");
    press("main button", "サインアウトし、このコンピューターから鍵を削除する");
    browser.waitFor(_ -> !browser.all("#agree").isEmpty());
    look();
    browser.click("#agree");
    press("form button.first");
    heading("このコンピューターにはもう鍵がありません");
  }

  private InProcessAgent computer(String name) throws Exception {
    Path userHome = Files.createDirectories(temp.resolve(name));
    return new InProcessAgent(userHome.resolve("agent"), userHome);
  }

  private void signIn() throws Exception {
    browser.one("section.verdict button.first");
    look();
    press("section.verdict button.first");
    browser.one("#server").clear();
    browser.one("#server").sendKeys(pagesFixture.stack().portalUrl().toString());
    press("main summary");
    browser.one("#root").sendKeys(pagesFixture.stack().vault().rootFingerprint());
    browser.one("#authorities").sendKeys(pagesFixture.stack().caFile().toString());
    look();
    press("form button.first");
    String address = Objects.requireNonNull(browser.one("a.go").getAttribute("href"));
    look();
    new KeycloakFormClient(pagesFixture.stack().keycloakUrl(), person).finish(URI.create(address));
    browser.waitFor(_ -> browser.all("a.go").isEmpty());
    look();
    press("main .row button");
  }

  /** Goes through the wizard; gives the rows of the key. */
  private List<String> optIn() {
    press("section.verdict button.first");
    heading("Read and agree");
    press("form button.first");
    browser.waitForTextIn("[role=alert]", "Tick that you have read");
    look();
    // From here on without a pointer.
    Keyboard keyboard = new Keyboard(browser);
    keyboard.reach("#agree").press(Keys.SPACE);
    keyboard.reach("form button.first").press(Keys.ENTER);
    heading("Protect your key");
    look();
    keyboard.reach("form button.first").press(Keys.ENTER);
    heading("Choose a password");
    keyboard.reach("#new").press(PASSWORD).reach("#again").press(PASSWORD);
    browser.waitForText("This password is strong enough.");
    look();
    keyboard.reach("form button.first").press(Keys.ENTER);
    heading("Your 64-digit key");
    List<String> rows = browser.all("ol.digits code").stream().map(WebElement::getText).toList();
    assertThat(rows).hasSize(4);
    look();
    browser.one("#sheet").clear();
    browser.one("#sheet").sendKeys(temp.resolve("sheet.pdf").toString());
    press("fieldset button", "Make the sheet");
    browser.waitForText("The sheet is in");
    press("form button.first");
    heading("Type one row back");
    String asked = browser.textOf("form label");
    look();
    browser.one("form input").sendKeys(rows.get(Integer.parseInt(asked.replaceAll("\\D", "")) - 1));
    press("form button.first");
    heading("This device can back up and restore");
    look();
    return rows;
  }

  private void backUp(Path folder) {
    press("nav button", "Back up");
    heading("Back up now");
    browser.one("#folders").sendKeys(folder.toString());
    look();
    press("form button.first");
    heading("The backup is complete");
  }

  private void find(String part, Path target) {
    press("nav button", "Find a file");
    heading("Find a file");
    browser.one("#search-text").sendKeys(part);
    press("form button.first");
    browser.waitForTextIn("ul.hits", "garden plan.txt", "deleted since", "Versions: 2");
    look();
    press("ul.hits button", "Versions");
    browser.waitForText("tulips and roses");
    look();
    // On the left is the one before the newest.
    press("section[aria-label='Version on the left'] button", "Restore this version ...");
    heading("Restore");
    browser.one("#target").clear();
    browser.one("#target").sendKeys(target.toString());
    look();
    press("form button.first");
    heading("Everything was restored");
    look();
  }

  /** Presses the first such button that can be pressed. */
  private void press(String css) {
    press(css, "");
  }

  /** Presses the first such button that says this and can be pressed. */
  private void press(String css, String text) {
    browser.waitFor(
        _ -> {
          Stream<WebElement> buttons =
              browser.all(css).stream()
                  .filter(one -> one.isDisplayed() && one.isEnabled())
                  .filter(one -> text.isEmpty() || one.getText().equals(text));
          return buttons.findFirst().map(WindowPageIT::clicked).orElse(false);
        });
  }

  private static boolean clicked(WebElement button) {
    button.click();
    return true;
  }

  private void heading(String text) {
    browser.waitForTextIn("h1", text);
  }

  /** The page as it stands is for everybody, in each scheme, on a phone and on a laptop. */
  private void look() {
    Accessibility.requireInBothSchemes(browser);
    for (int width : new int[] {PHONE, LAPTOP}) {
      browser.width(width, 900);
      assertThat(new BrowserWindow(browser).sticksOut()).as("%s wide", width).isEmpty();
    }
  }

  /** Neither the page nor what the browser keeps of it has the password or the key any more. */
  private void requireForgotten(List<String> rows) {
    // One that is there is found.
    browser.script("document.getElementById('announcement').textContent = 'canary of this test'");
    assertThat(kept()).contains("canary of this test");
    assertThat(kept()).doesNotContain(PASSWORD).doesNotContain(rows);
  }

  private String kept() {
    return String.valueOf(
        browser.script(
            "return document.documentElement.outerHTML + location.href + document.cookie"
                + " + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
                + " + JSON.stringify(history.state)"
                + " + [...document.querySelectorAll('input')].map(i => i.value).join()"));
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
