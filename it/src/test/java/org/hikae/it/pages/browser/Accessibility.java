package org.hikae.it.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.naming.OperationNotSupportedException;

/** What a program can see of WCAG 2.2 AA. */
public final class Accessibility {

  private static final Map<String, Object> ALL =
      Map.of(
          "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));

  /** The rules about colours: no other can find more in one scheme than in the other. */
  private static final Map<String, Object> COLOURS =
      Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

  /** In the page itself: axe's own way over Selenium opens a window for each look. */
  private static final String RUN =
      """
      var done = arguments[arguments.length - 1];
      axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] }).then(
        found => done(found.violations.flatMap(
          rule => rule.nodes.map(node => rule.id + ': ' + node.html.trim()))),
        trouble => done(['axe: ' + trouble]));
      """;

  private static final String AXE = axe();

  private Accessibility() {}

  private static String axe() {
    try {
      return new EmbeddedResourceAxeProvider().getScript();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperationNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What shuts somebody out of the page as it stands, each with its rule; best none. */
  public static List<String> violations(Browser browser) {
    return run(browser, ALL);
  }

  /** What of it is about colours: for a page that was looked at in the other scheme already. */
  public static List<String> colours(Browser browser) {
    return run(browser, COLOURS);
  }

  private static List<String> run(Browser browser, Map<String, Object> rules) {
    new BrowserWindow(browser).rest();
    if (!Boolean.TRUE.equals(browser.script("return 'axe' in window"))) {
      browser.script(AXE);
    }
    return ((List<?>) Objects.requireNonNull(browser.later(RUN, rules)))
        .stream().map(String::valueOf).toList();
  }

  /** The page as it stands is for everybody, light and dark. */
  public static void requireInBothSchemes(Browser browser) {
    browser.prefer("light");
    assertThat(violations(browser)).as("light").isEmpty();
    browser.prefer("dark");
    assertThat(colours(browser)).as("dark").isEmpty();
  }

  /** The page as it stands is for everybody, light and dark, narrow and wide. */
  public static void requireInEachLook(Browser browser) {
    requireInBothSchemes(browser);
    BrowserWindow browserWindow = new BrowserWindow(browser);
    for (int width : new int[] {768, 1440}) {
      browser.width(width, 900);
      assertThat(browserWindow.sticksOut()).as("%s wide", width).isEmpty();
      assertThat(browserWindow.tablesCutOff()).as("%s wide", width).isEmpty();
    }
  }
}
