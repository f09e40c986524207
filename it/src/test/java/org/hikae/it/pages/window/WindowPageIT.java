package org.hikae.it.pages.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hikae.device.cli.window.AgentWindow;
import org.hikae.it.agent.InProcessAgent;
import org.hikae.it.client.KeycloakFormClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WindowType;

/**
 * The agent's window in a browser, from nothing to a file that is back, on one computer and on two
 * others, without a terminal: what it costs a new user, whom its pages shut out, and what a browser
 * keeps of it. Time budget: 90 seconds beside the system's start; a short run takes parts.
 */
@FullRunOnly
class WindowPageIT {

  private static final String PASSWORD = "orbit velvet cactus 41 lantern";
  private static final String PLANTED = "planted by this test, to be found";
  private static final String CONTENTS = "Dear Aiko, the violet heron is back";
  private static final String GROUP = "/Sales";

  private static final String KEY = "dialogs about the key";
  private static final String RESTIC = "restic";
  private static final String COMPUTERS = "other computers";
  private static PagesFixture pagesFixture;

  /** What follows the story of one computer; a short run that has its turn takes one of these. */
  private final List<String> rest =
      TestScope.ofThisRun().partOf(WindowPageIT.class).of(List.of(KEY, RESTIC, COMPUTERS));

  private final WindowTaskTally tally = new WindowTaskTally();
  @TempDir private Path temp;
  private Browser browser;
  private WindowStory story;
  private TestAccount person;
  private String typedBack = "";

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

  /** Pictures are made in both languages; else each computer has its own. */
  static Stream<String> languages() {
    return System.getProperty("hikae.pictures", "").isEmpty()
        ? Stream.of("en")
        : Stream.of("en", "ja");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void a_person_gets_a_deleted_file_back_without_a_terminal(String language) throws Exception {
    person = pagesFixture.people().employee(GROUP);
    Path profile = Files.createDirectories(temp.resolve("profile"));
    Path folder = Files.createDirectories(temp.resolve("Documents"));
    Path plan = Files.writeString(folder.resolve("garden plan.txt"), "tulips");
    Files.writeString(folder.resolve("letter.txt"), CONTENTS);
    Path photo = folder.resolve("photo.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
    InProcessAgent laptop = computer("laptop");
    SecretSearch search;
    try (AgentWindow window = laptop.window(language);
        Browser first = Browser.alone(pagesFixture.stack(), language, profile)) {
      enter(first, window, language);
      mistype();
      tally.task("sign in", browser, this::signIn);
      tally.task("opt in, by keys alone", browser, this::agree);
      List<String> rows = story.digits();
      tally.task("make the sheet, by keys alone", browser, this::makeSheet);
      tally.task("type a row back, by keys alone", browser, () -> typeBack(rows));
      search = secrets(laptop, rows);
      findNothing();
      tally.task("back up a folder", browser, () -> backUp(folder));
      Files.writeString(plan, "tulips and roses");
      backUp(folder);
      Files.delete(plan);
      Files.delete(photo);
      backUp(folder);
      lookInto();
      story.press("nav button", "nav.verdict").heading("verdict.NOT_SCHEDULED").look("protected");
      requireForgotten(search, profile);
      Path back = temp.resolve("back");
      tally.task("find a deleted file by a part of its name", browser, this::find);
      tally.task("get its last version but one back", browser, () -> restoreVersion(back));
      assertThat(texts(back))
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("tulips"));
      restoreAgain(back);
      picture();
      WindowDialogStory dialogs = new WindowDialogStory(story);
      if (rest.contains(KEY)) {
        dialogs.file("letter.txt");
        dialogs.work(large(), this::slow);
        dialogs.key();
        dialogs.schedule("Documents");
      }
      if (rest.contains(RESTIC)) {
        dialogs.restic();
      }
      browser.script("localStorage.setItem('planted', arguments[0])", PLANTED);
      story.press("header button", "end").heading("gone.title").look("closed");
      window.awaitEnd();
      closeTab(search, profile);
    }
    assertThat(search.inFiles(profile))
        .as("what the browser has written, of which the first is planted")
        .allMatch(found -> found.startsWith("planted: "))
        .isNotEmpty();
    assertThat(temp.resolve("sheet.pdf")).exists();
    if (rest.contains(COMPUTERS)) {
      anotherComputer(language.equals("en") ? "ja" : "en");
    }
    System.out.println(tally.table());
    assertThat(tally.most()).as("clicks and keys of a task").isLessThan(60);
  }

  private void enter(Browser with, AgentWindow window, String language) throws Exception {
    browser = with;
    story = new WindowStory(with, language);
    browser.driver().get(window.linkFile().toUri().toString());
    browser.one("section.verdict button.first");
    browser.width(1280, 900);
  }

  private SecretSearch secrets(InProcessAgent agent, List<String> rows) throws Exception {
    return new SecretSearch()
        .text("planted", PLANTED)
        .text("password", PASSWORD)
        .text("contents", CONTENTS)
        .key(agent)
        .rows(rows, typedBack);
  }

  private InProcessAgent computer(String name) throws Exception {
    Path userHome = Files.createDirectories(temp.resolve(name));
    Files.createDirectories(userHome.resolve("Documents"));
    Files.createDirectories(userHome.resolve(".cache"));
    return new InProcessAgent(userHome.resolve("agent"), userHome);
  }

  /** What was typed for a sign-in that failed is there afterwards. */
  private void mistype() throws Exception {
    story.press("section.verdict button.first").heading("signin.title");
    story.press("form button.first");
    browser.waitForTextIn("[role=alert]", story.text("signin.server.missing"));
    story.look("sign-in-missing").type("#server", "localhost:1/my/install");
    story.press("form button.first");
    story.heading("dialog.failed", story.text("dialog.SIGN_IN")).look("sign-in-failed");
    story.press("main button", "failure.again").heading("signin.title");
    assertThat(browser.one("#server").getDomProperty("value")).isEqualTo("localhost:1/my/install");
    story.press("nav button", "nav.verdict").heading("verdict.SIGN_IN");
  }

  private void signIn() throws Exception {
    story.look("welcome").press("section.verdict button.first").heading("signin.title");
    story.type("#server", pagesFixture.stack().portalUrl().toString());
    story.press("main summary");
    story.type("#root", pagesFixture.stack().vault().rootFingerprint());
    story.type("#authorities", pagesFixture.stack().caFile().toString());
    story.look("sign-in").press("form button.first").heading("signin.code.title");
    String address = Objects.requireNonNull(browser.one("a.go").getAttribute("href"));
    story.look("sign-in-code");
    new KeycloakFormClient(pagesFixture.stack().keycloakUrl(), person).finish(URI.create(address));
    story.heading("dialog.SIGN_IN.done").look("signed-in").press("main .row button");
    browser.waitFor(_ -> !browser.all("section.verdict button.first").isEmpty());
  }

  /** The wizard up to the key. */
  private void agree() throws Exception {
    story.byKeys(true).look("not-opted-in").press("section.verdict button.first");
    story.heading("dialog.CONSENT.title").press("form button.first");
    browser.waitForTextIn("[role=alert]", story.text("dialog.CONSENT.tick"));
    story.look("consent").tick("#agree").press("form button.first");
    story.heading("dialog.PROTECTION.title").look("protection").press("form button.first");
    story.heading("dialog.NEW_PASSWORD.title");
    story.type("#new", PASSWORD).type("#again", PASSWORD);
    browser.waitForText(story.text("dialog.NEW_PASSWORD.good"));
    story.look("password").press("form button.first");
    story.heading("dialog.SHOWN_DIGITS.title").look("digits");
  }

  private void makeSheet() throws Exception {
    story.type("#sheet", temp.resolve("sheet.pdf").toString());
    story.press("fieldset button", "dialog.SHOWN_DIGITS.make");
    // The text of the whole page would be copied through the browser.
    browser.waitForTextIn(
        ".notes", story.text("dialog.SHOWN_DIGITS.made", temp.resolve("sheet.pdf").toString()));
    story.look("sheet");
  }

  private void typeBack(List<String> rows) throws Exception {
    story.press("form button.first").heading("dialog.DIGIT_ROW.title");
    String asked = browser.textOf("form label");
    String row = rows.get(Integer.parseInt(asked.replaceAll("\\D", "")) - 1);
    typedBack = row;
    story.look("row").type("#row", row).press("form button.first");
    story.heading("dialog.OPT_IN.done").look("opted-in").byKeys(false);
  }

  private void backUp(Path folder) throws Exception {
    story.press("nav button", "nav.backup").heading("backup.title");
    story.type("#folders", folder.toString()).look("back-up").press("form button.first");
    story.heading("run.BACKUP.SUCCESS").look("backed-up");
  }

  /** Before there is a snapshot no part of a name helps, and the page says what does. */
  private void findNothing() throws Exception {
    search("plan");
    browser.waitForText(story.text("timeline.none"));
    story.look("found-nothing");
  }

  private void search(String name) {
    story.press("nav button", "nav.search").heading("search.title");
    story.type("#search-text", name).press("form button.first");
  }

  /** What is in a file, which nothing copies out of the page on the way to here. */
  private void lookInto() {
    search("letter");
    story.press("ul.hits button", "versions.open");
    browser.one("pre.preview");
  }

  private void find() throws Exception {
    story.press("nav button", "nav.search").heading("search.title").look("search");
    story.type("#search-text", "plan").press("form button.first");
    browser.waitForTextIn(
        "ul.hits",
        "garden plan.txt",
        story.text("search.deleted"),
        story.text("search.versions", 2));
    story.look("found").press("ul.hits button", "versions.open");
    browser.waitForText("tulips and roses");
    story.look("versions");
  }

  private void restoreVersion(Path target) throws Exception {
    // On the left is the one before the newest.
    story.press("main section:first-child button", "versions.restore").heading("restore.title");
    story.type("#target", target.toString()).look("restore").press("form button.first");
    story.heading("run.RESTORE.SUCCESS").look("restored");
  }

  /** What is there is left alone. The page says so, and leads back to what was typed. */
  private void restoreAgain(Path target) throws Exception {
    search("plan");
    story.press("ul.hits button", "versions.open");
    story.press("main section:first-child button", "versions.restore").heading("restore.title");
    story.type("#target", target.toString()).press("form button.first");
    story.heading("run.RESTORE.left").look("left-alone");
    story.press("main button", "run.RESTORE.left.change").heading("restore.title");
    assertThat(browser.one("#target").getDomProperty("value")).isEqualTo(target.toString());
    story.tick("input[value=ALWAYS]").press("form button.first").heading("run.RESTORE.SUCCESS");
  }

  /** A picture goes when nobody sees it, and with its page. */
  private void picture() throws Exception {
    search("photo");
    browser.waitForTextIn("ul.hits", "photo.png");
    story.press("ul.hits button", "versions.open");
    browser.waitFor(_ -> browser.all("main img").size() == 1);
    story.look("picture");
    String loads =
        "const one = new Image(); one.src = arguments[0];"
            + " return one.decode().then(() => true, () => false)";
    String address = String.valueOf(browser.one("main img").getAttribute("src"));
    assertThat(browser.script(loads, address)).isEqualTo(true);
    browser.expect(address);
    story.hide(true);
    browser.waitFor(_ -> browser.all("main img").isEmpty());
    assertThat(browser.script(loads, address)).as("its bytes are gone").isEqualTo(false);
    story.hide(false);
    browser.waitFor(_ -> browser.all("main img").size() == 1);
    address = String.valueOf(browser.one("main img").getAttribute("src"));
    browser.expect(address);
    story.press("nav button", "nav.timeline").heading("timeline.title");
    assertThat(browser.script(loads, address)).as("with its page").isEqualTo(false);
  }

  /** The same person on a new computer, with the password, in the other language, by keys alone. */
  private void anotherComputer(String language) throws Exception {
    try (AgentWindow window = computer("desktop").window(language);
        Browser second = pagesFixture.browser(language)) {
      enter(second, window, language);
      story.byKeys(true);
      tally.task("sign in on a second computer, by keys alone", browser, this::signIn);
      tally.task("unlock it by the password, by keys alone", browser, this::unlock);
      Path back = temp.resolve("all");
      tally.task("restore everything there, by keys alone", browser, () -> restoreAll(back));
      assertThat(texts(back))
          .extracting(file -> Files.readString(file))
          .containsExactlyInAnyOrder("tulips", CONTENTS);
      WindowStory giving = story;
      thirdComputer(giving, language);
      browser = second;
      story = giving.byKeys(false);
      leave();
    }
  }

  /** More than goes in the time that somebody looks at the page. */
  private Path large() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("films"));
    byte[] film = new byte[8 << 20];
    ThreadLocalRandom.current().nextBytes(film);
    Files.write(folder.resolve("film.mp4"), film);
    return folder;
  }

  /** As slow as the policy of a company can make it. */
  private void slow() throws Exception {
    String scope = "/v1/admin/policies/scopes/employee/" + pagesFixture.employeeId(person);
    Map<String, Object> values = Map.of("uploadBytesPerSecond", 64 << 10);
    assertThat(
            pagesFixture
                .adminApi()
                .json("PUT", scope, Map.of("replaces", 0, "values", values))
                .status())
        .isEqualTo(200);
  }

  private void unlock() throws Exception {
    story.press("section.verdict button.first");
    browser.waitFor(_ -> !browser.all("input[name=choice], #password").isEmpty());
    if (browser.all("#password").isEmpty()) {
      story.look("unlock").press("form button.first");
      browser.one("#password");
    }
    story.look("unlock-password").type("#password", PASSWORD).press("form button.first");
    story.heading("dialog.OPT_IN.done");
  }

  private void restoreAll(Path target) throws Exception {
    story.press("nav button", "nav.timeline");
    browser.waitFor(_ -> browser.all("main li button").size() == 3);
    story.look("timeline-of-all");
    // The oldest: it has what was deleted since.
    story.keyboard().reach("main li:last-child button").press(Keys.ENTER);
    browser.waitForText("garden plan.txt", "letter.txt");
    story.look("folder").press("main button", "folder.all").heading("restore.title");
    story.type("#target", target.toString()).press("form button.first");
    story.heading("run.RESTORE.SUCCESS");
  }

  /** A third one gets the key from the second by six digits, while a fourth asks for it, too. */
  private void thirdComputer(WindowStory giving, String language) throws Exception {
    try (AgentWindow other = computer("phone").window(language);
        AgentWindow window = computer("tablet").window(language);
        Browser third = pagesFixture.browser(language)) {
      enter(third, other, language);
      signIn();
      story.press("section.verdict button.first");
      story.press("form button", "transfer.instead").heading("transfer.title");
      String tab = third.driver().getWindowHandle();
      third.driver().switchTo().newWindow(WindowType.TAB);
      enter(third, window, language);
      signIn();
      story.press("section.verdict button.first");
      story.press("form button", "transfer.instead").heading("transfer.title").look("transfer");
      String digits = browser.textOf(".code").replace(" ", "");
      giving.press("nav button", "nav.care").press("main button", "dialog.GIVE_KEY");
      giving.heading("dialog.TRANSFER_DEVICE.title").look("transfer-device");
      giving.keyboard().reach("input[name=choice]").press(Keys.ARROW_DOWN);
      giving.press("form button.first");
      giving.heading("dialog.TRANSFER_CODE.title").look("transfer-code");
      giving.type("#code", digits).press("form button.first");
      giving.heading("dialog.GIVE_KEY.done").look("transfer-given");
      story.heading("dialog.TRANSFER.done").look("transferred");
      third.driver().close();
      third.driver().switchTo().window(tab);
    }
  }

  /** What opting out means, that it is not done before it is, and a computer without keys. */
  private void leave() throws Exception {
    story.press("nav button", "nav.care").press("main button", "dialog.OPT_OUT");
    browser.waitFor(_ -> !browser.all("#agree").isEmpty());
    story.look("opt-out").tick("#agree");
    assertThat(browser.one("a.go").getDomAttribute("href")).endsWith("/my/consent");
    story.look("opt-out-agreed").press("form button.first");
    browser.waitFor(_ -> !browser.all("[role=alert]").isEmpty());
    story.look("opt-out-not-yet");
    story.press("nav button", "nav.care").press("main button", "dialog.SIGN_OUT");
    browser.waitFor(_ -> !browser.all("#agree").isEmpty());
    story.look("sign-out").tick("#agree").press("form button.first");
    story.heading("dialog.SIGN_OUT.done").look("signed-out");
  }

  /** Neither the page nor what the browser keeps of it has the password or the key any more. */
  private void requireForgotten(SecretSearch search, Path profile) throws Exception {
    // One that is there is found.
    browser.script("document.getElementById('announcement').textContent = arguments[0]", PLANTED);
    assertThat(story.kept()).contains(PLANTED).doesNotContain(PASSWORD);
    Set<String> found = search.inMemory(profile);
    System.out.println("In memory after leaving: " + found);
    assertThat(found).contains("planted: renderer").noneMatch(one -> one.startsWith("key: "));
  }

  /** With its tab goes what showed the page; of what was typed Chromium keeps the last field. */
  private void closeTab(SecretSearch search, Path profile) throws Exception {
    WebDriver driver = browser.driver();
    String page = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    String other = driver.getWindowHandle();
    driver.switchTo().window(page).close();
    driver.switchTo().window(other);
    Set<String> found = search.inMemory(profile);
    System.out.println("In memory after closing the tab: " + found);
    assertThat(found).noneMatch(one -> one.matches("(key|password|row): .*"));
  }

  private static List<Path> texts(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".txt")).toList();
    }
  }
}
