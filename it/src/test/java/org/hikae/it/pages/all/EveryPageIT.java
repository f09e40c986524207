package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.client.HostileNames;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.Keyboard;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/**
 * One visit of every page answers what holds for each: nobody is shut out by its form, light or
 * dark; it fits a phone, a narrow and a wide window; nothing that it should say is missing; no
 * foreign script runs in it; the browser has nothing to complain about. It does although people,
 * devices, departments and campaigns in it are called by a {@link HostileNames}. Each is visited in
 * one of eight looks: light and dark, in both languages, wide and narrow; with a factor above 1 in
 * all of them. The colours of the other scheme are looked at, too, once in three short runs. A
 * whole run leaves a picture of each in {@code it/target/screenshots} for people to look at. Time
 * budget: 90 seconds beside the system's start.
 */
@Order(1) // takes minutes
class EveryPageIT {

  private static final Path FOLDER = BuildOutput.root().resolve("it/target/screenshots");
  private static final int WIDE = 1440;
  private static final int NARROW = 768;
  private static final int PHONE = 390;
  private static final int HEIGHT = 900;

  /** A source of scripts of this page alone. */
  private static final Pattern SCRIPTS =
      Pattern.compile("(?:^|;)\\s*script-src (?=[^;]*'nonce-[\\w+/=-]{16,}')(?![^;]*unsafe-)");

  /** Where a script is planted: pages of both kinds of session, and one without PrimeFaces. */
  private static final Set<String> PLANTED = Set.of("/my/backups", "/admin/employees", "/privacy");

  private static final Map<String, Browser> OPEN = new LinkedHashMap<>();

  private static PagesFixture pagesFixture;
  private static TestAccount admin;
  private static TestAccount employee;
  private static Map<String, Object> shown;

  /** One way to see a page. */
  private record Look(String language, String scheme, int width) {

    static List<Look> all() {
      List<Look> looks = new ArrayList<>();
      for (int width : new int[] {WIDE, NARROW}) {
        for (String scheme : new String[] {"light", "dark"}) {
          for (String language : new String[] {"en", "ja"}) {
            looks.add(new Look(language, scheme, width));
          }
        }
      }
      return looks;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    PagesFixture.Participant participant = pagesFixture.hostileParticipant();
    pagesFixture.backUpTwice(participant);
    shown = pagesFixture.hostileShown(participant);
    employee = participant.person();
    admin = pagesFixture.admin();
    Files.createDirectories(FOLDER);
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(Browser::close);
  }

  /** The browser of who has something to see on the page: signed in once in each language. */
  private static Browser browser(String page, String language) {
    boolean own = SitePages.isOwn(page);
    return OPEN.computeIfAbsent(
        own + language,
        _ -> {
          Browser browser = pagesFixture.browser(language);
          browser.expect(SitePages.MISSING);
          return browser.signIn(own ? employee : admin, own ? "/my/install" : "/admin/start");
        });
  }

  static Stream<Arguments> visits() {
    List<Look> looks = Look.all();
    List<Arguments> visits = new ArrayList<>();
    int number = 0;
    for (String page : SitePages.all()) {
      List<Look> chosen =
          TestEffort.factor() > 1 ? looks : List.of(looks.get(number++ % looks.size()));
      chosen.forEach(look -> visits.add(Arguments.of(page, look)));
    }
    return visits.stream();
  }

  @ParameterizedTest
  @MethodSource("visits")
  void is_for_everybody_fits_its_window_and_says_everything(String page, Look look)
      throws IOException {
    Browser browser = browser(page, look.language());
    BrowserWindow browserWindow = new BrowserWindow(browser);
    browser.prefer(look.scheme());
    browser.width(NARROW, HEIGHT);
    browser.open(SitePages.address(page, shown));
    browserWindow.paint();
    Map<String, Object> faults = new LinkedHashMap<>();
    faults.put("shows where it is", browserWindow.showsWhereItIs() ? List.of() : List.of("not"));
    faults.put("narrow", outOfSight(browserWindow));
    browser.width(PHONE, HEIGHT);
    faults.put("phone", outOfSight(browserWindow));
    browser.width(WIDE, HEIGHT);
    faults.put("wide", outOfSight(browserWindow));
    browser.width(look.width(), HEIGHT);
    if (TestScope.ofThisRun().takesAllOf(EveryPageIT.class)) {
      Files.write(FOLDER.resolve(file(page, look)), browserWindow.picture());
    }
    faults.put("parts out of reach", browserWindow.partsOutOfReach());
    faults.put("times without age", browserWindow.timesWithoutAge());
    faults.put("unsaid", browserWindow.unsaid(look.language()));
    faults.put("without a name", browserWindow.nameless());
    faults.put("asks, and DialogsIT does not know", asksUnexpectedly(browser, page));
    unfold(browser);
    faults.put(look.scheme(), Accessibility.violations(browser));
    if (TestScope.ofThisRun().takesThirdOf(EveryPageIT.class)) {
      String other = look.scheme().equals("light") ? "dark" : "light";
      browser.prefer(other);
      faults.put(other, Accessibility.colours(browser));
    }
    faults.put("files that may be out of date", unversioned(browser));
    faults.put("scripts", strangers(browser, page));
    faults.put("a name that ran", ranNames(browser));
    faults.put("the vault's pin", pins(browser));
    faults.put("complaints", browser.unexpected());
    faults.values().removeIf(List.of()::equals);
    assertThat(faults).isEmpty();
  }

  private static String file(String page, Look look) {
    return String.join(
        "-",
        page.substring(1).replaceAll("\\W+", "-").replaceFirst("-(id-\\w+-)?$", ""),
        look.language(),
        look.scheme(),
        look.width() + ".png");
  }

  private static List<String> outOfSight(BrowserWindow browserWindow) {
    return Stream.concat(browserWindow.sticksOut().stream(), browserWindow.tablesCutOff().stream())
        .toList();
  }

  private static List<String> asksUnexpectedly(Browser browser, String page) {
    return SitePages.ASKING.containsKey(page)
        ? List.of()
        : browser.lines(
            "return [...document.querySelectorAll('[data-pfconfirmcommand]')].map(e => e.id)");
  }

  /** Opens what unfolds, so that what is in it is looked at, too: in a whole run by keyboard. */
  private static void unfold(Browser browser) {
    // Some are open from the start: the same key would close them.
    String closed = "details:not([open]) > summary";
    if (browser.all(closed).isEmpty()) {
      return;
    }
    if (TestScope.ofThisRun().takesAllOf(EveryPageIT.class)) {
      new Keyboard(browser).reach(closed).press(Keys.ENTER);
      browser.one("details[open] > summary:focus");
    }
    browser.script("document.querySelectorAll('details').forEach(part => part.open = true)");
  }

  /** Files of ours under an address that stays when they change, while browsers keep them. */
  private static List<String> unversioned(Browser browser) {
    return browser.lines(
        """
        var files = [...document.querySelectorAll('link[href], script[src]')]
          .map(one => one.href || one.src).filter(address => address.includes('ln=hikae'));
        return files.length < 4 ? ['only ' + files]
          : files.filter(address => !/[?&]v=[0-9a-f]{1,8}/.test(address));
        """);
  }

  /** What a name of {@link HostileNames} would set. */
  private static List<String> ranNames(Browser browser) {
    return browser.script("return window.planted") == null ? List.of() : List.of("window.planted");
  }

  /** The fingerprint that devices have from the company: a portal that lies would show another. */
  private static List<String> pins(Browser browser) throws IOException {
    String source = String.valueOf(browser.driver().getPageSource());
    return Stream.of(pagesFixture.stack().vault().rootFingerprint())
        .filter(pin -> source.toLowerCase(Locale.ROOT).contains(pin))
        .toList();
  }

  /** Whether scripts that the portal did not send could run in the page. */
  private static List<String> strangers(Browser browser, String page) {
    List<String> faults = new ArrayList<>();
    String policy =
        String.valueOf(
            browser.script(
                "return fetch(location.href)"
                    + ".then(answer => answer.headers.get('Content-Security-Policy'))"));
    if (!SCRIPTS.matcher(policy).find()) {
      faults.add(policy);
    }
    if (PLANTED.contains(page)) {
      browser.script(
          "var s = document.createElement('div');"
              + " s.innerHTML = '<img src=\"data:,\" onerror=\"window.planted=1\">';"
              + " document.body.appendChild(s);");
      browser.waitForComplaint("Content Security");
      if (browser.script("return window.planted") != null) {
        faults.add("a planted script ran");
      }
    }
    return faults;
  }
}
