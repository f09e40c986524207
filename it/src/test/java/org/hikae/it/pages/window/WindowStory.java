package org.hikae.it.pages.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.hikae.device.cli.window.AgentWindow;
import org.hikae.it.pages.browser.Accessibility;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.BrowserWindow;
import org.hikae.it.pages.browser.Keyboard;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * A person at a window in one language: presses what says something, by pointer or by keys, and
 * looks at each page. With {@code -Dhikae.pictures=DIR} pictures of it are left there: in light and
 * dark, on a phone and on a laptop.
 */
final class WindowStory {

  private static final int PHONE = 390;
  private static final int LAPTOP = 1280;
  private static final int HEIGHT = 900;

  private static final String LOST =
      """
      var active = document.activeElement;
      return active === null || active === document.body;
      """;

  private final Browser browser;
  private final String language;
  private final Keyboard keyboard;
  private final Properties texts = new Properties();
  private boolean keys;
  private int pictures;

  WindowStory(Browser browser, String language) throws IOException {
    this.browser = browser;
    this.language = language;
    this.keyboard = new Keyboard(browser);
    String name = language.equals("ja") ? "texts_ja.properties" : "texts.properties";
    try (InputStream in = AgentWindow.class.getResourceAsStream(name);
        Reader reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
  }

  Browser browser() {
    return browser;
  }

  Keyboard keyboard() {
    return keyboard;
  }

  /** From now on without a pointer, or with one. */
  WindowStory byKeys(boolean alone) {
    keys = alone;
    return this;
  }

  /** What a page says. */
  String text(String key, Object... values) {
    String text = Objects.requireNonNull(texts.getProperty(key), key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** Presses the first such button that can be pressed. */
  WindowStory press(String css) {
    return pressed(css, "");
  }

  /** Presses the first such button that says this and can be pressed. */
  WindowStory press(String css, String key) {
    return pressed(css, text(key));
  }

  private WindowStory pressed(String css, String said) {
    if (keys) {
      browser.waitFor(_ -> button(css, said) != null);
      keyboard.reach(css, said).press(Keys.ENTER);
      return this;
    }
    browser.waitFor(
        _ -> {
          WebElement found = button(css, said);
          if (found != null) {
            found.click();
          }
          return found != null;
        });
    return this;
  }

  private @Nullable WebElement button(String css, String said) {
    return browser.all(css).stream()
        .filter(one -> one.isDisplayed() && one.isEnabled())
        .filter(one -> said.isEmpty() || one.getText().equals(said))
        .findFirst()
        .orElse(null);
  }

  /** Ticks or chooses. */
  WindowStory tick(String css) {
    if (keys) {
      keyboard.reach(css).press(Keys.SPACE);
    } else {
      browser.click(css);
    }
    return this;
  }

  /** Types into a field, in place of what is there. */
  WindowStory type(String css, String typed) {
    if (keys) {
      keyboard.reach(css).press(Keys.CONTROL, "a").press(typed);
    } else {
      WebElement field = browser.one(css);
      field.click();
      keyboard.press(Keys.CONTROL, "a").press(typed);
    }
    return this;
  }

  /** Waits for a page, which has the focus. */
  WindowStory heading(String key, Object... values) {
    browser.waitForTextIn("h1", text(key, values));
    return this;
  }

  /**
   * The page as it stands is for everybody, in each scheme, on a phone and on a laptop, and a
   * person without a pointer knows where they are.
   */
  WindowStory look(String name) throws IOException {
    assertThat(browser.script(LOST)).as("the focus on page %s is lost", name).isEqualTo(false);
    BrowserWindow browserWindow = new BrowserWindow(browser);
    Accessibility.requireInBothSchemes(browser);
    // The tree for assistive programs would be copied through the whole browser.
    if (browser.all(".secret, [data-secret]").isEmpty()) {
      assertThat(browserWindow.nameless()).as(name).isEmpty();
    }
    for (int width : new int[] {PHONE, LAPTOP}) {
      browser.width(width, HEIGHT);
      assertThat(browserWindow.sticksOut()).as("%s, %s wide", name, width).isEmpty();
    }
    pictures(name);
    return this;
  }

  private void pictures(String name) throws IOException {
    String folder = System.getProperty("hikae.pictures", "");
    if (folder.isEmpty()) {
      return;
    }
    Path place = Files.createDirectories(Path.of(folder, language));
    pictures++;
    for (int width : new int[] {PHONE, LAPTOP}) {
      browser.width(width, HEIGHT);
      for (String scheme : List.of("light", "dark")) {
        browser.prefer(scheme);
        String file =
            String.format(Locale.ROOT, "%02d-%s-%s-%d.png", pictures, name, scheme, width);
        Files.write(place.resolve(file), new BrowserWindow(browser).picture());
      }
    }
  }

  /** As when the person goes to another tab for longer than a page waits, and comes back. */
  WindowStory hide(boolean hidden) {
    browser.script(
        """
        const real = window.setTimeout;
        window.setTimeout = (done, millis) => real(done, millis > 60000 ? 0 : millis);
        Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        window.setTimeout = real;
        """,
        hidden);
    return this;
  }

  /** All that a browser could keep of the page, and what the page has. */
  String kept() {
    return String.valueOf(
        browser.script(
            "return document.documentElement.outerHTML + location.href + document.cookie"
                + " + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
                + " + JSON.stringify(history.state)"
                + " + [...document.querySelectorAll('input')].map(i => i.value).join()"));
  }

  /** The rows of the key as they are shown, without a copy of them on the way to here. */
  List<String> digits() {
    return browser
        .lines(
            """
            return [...document.querySelectorAll('ol.digits code')].map((row) =>
              [...row.textContent].map((c) => c.codePointAt(0).toString(16)).join(' '));
            """)
        .stream()
        .map(
            row ->
                Stream.of(row.split(" "))
                    .map(code -> Character.toString(Integer.parseInt(code, 16)))
                    .reduce("", String::concat))
        .toList();
  }
}
