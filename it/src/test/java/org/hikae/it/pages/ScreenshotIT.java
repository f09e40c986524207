package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.it.Reactor;
import org.hikae.it.caller.Person;
import org.hikae.testing.Effort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pictures of every page, for people to look at, in {@code it/target/screenshots}: light and dark,
 * in both languages, wide and narrow. Each page in one of the eight looks; in the long run in all.
 * What a program can see is checked: nothing sticks out to the side, no text is missing. Time
 * budget: 60 seconds beside the system's start.
 */
class ScreenshotIT {

  private static final Path FOLDER = Reactor.root().resolve("it/target/screenshots");
  private static final int HEIGHT = 900;

  private static final Map<String, Browser> ADMINS = new LinkedHashMap<>();
  private static final Map<String, Browser> EMPLOYEES = new LinkedHashMap<>();
  private static Map<String, Object> shown;

  /** One way to see a page. */
  private record Look(String language, String scheme, int width) {

    static List<Look> all() {
      List<Look> looks = new ArrayList<>();
      for (int width : new int[] {1440, 768}) {
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
  static void sign_in() throws Exception {
    Office office = Office.open();
    Office.Participant participant = office.participant("Pictured laptop");
    office.backUp(participant);
    shown = office.shown(participant);
    Person admin = office.admin();
    for (String language : new String[] {"en", "ja"}) {
      Browser browser = Browser.open(office.stack(), language);
      browser.expect(SitePages.MISSING);
      ADMINS.put(language, browser.signIn(admin, "/admin/overview"));
      Browser own = Browser.open(office.stack(), language);
      EMPLOYEES.put(language, own.signIn(participant.person(), "/my/backups"));
    }
    Files.createDirectories(FOLDER);
  }

  @AfterAll
  static void close() {
    ADMINS.values().forEach(Browser::close);
    EMPLOYEES.values().forEach(Browser::close);
  }

  static Stream<Arguments> pictures() {
    List<Look> looks = Look.all();
    List<Arguments> pictures = new ArrayList<>();
    int number = 0;
    for (String page : SitePages.all()) {
      List<Look> chosen = Effort.factor() > 1 ? looks : List.of(looks.get(number++ % looks.size()));
      chosen.forEach(look -> pictures.add(Arguments.of(page, look)));
    }
    return pictures.stream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void fits_its_window_and_says_everything(String page, Look look) throws IOException {
    Browser browser = (SitePages.isOwn(page) ? EMPLOYEES : ADMINS).get(look.language());
    browser.prefer(look.scheme());
    browser.width(look.width(), HEIGHT);
    browser.open(SitePages.address(page, shown));
    browser.one("h1");
    Files.write(
        FOLDER.resolve(
            String.join(
                "-",
                page.substring(1).replaceAll("\\W+", "-").replaceFirst("-(id-\\w+-)?$", ""),
                look.language(),
                look.scheme(),
                look.width() + ".png")),
        browser.picture());
    assertThat(browser.text()).doesNotContain("???");
    assertThat(browser.sticksOut()).isEmpty();
    assertThat(browser.tablesCutOff()).isEmpty();
    assertThat(browser.showsWhereItIs()).isTrue();
  }
}
