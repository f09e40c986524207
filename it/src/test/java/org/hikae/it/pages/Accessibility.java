package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a program can see of WCAG 2.2 AA. */
final class Accessibility {

  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private Accessibility() {}

  /** What shuts somebody out of the page as it stands, each with its rule; best none. */
  static List<String> violations(Browser browser) {
    List<String> violations = new ArrayList<>();
    for (Rule rule : new AxeBuilder().withTags(WCAG).analyze(browser.driver()).getViolations()) {
      rule.getNodes().forEach(node -> violations.add(rule.getId() + ": " + node.getHtml().strip()));
    }
    return violations;
  }

  /** The page as it stands is for everybody, light and dark, narrow and wide. */
  static void requireInEachLook(Browser browser) {
    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      assertThat(violations(browser)).as(scheme).isEmpty();
    }
    for (int width : new int[] {768, 1440}) {
      browser.width(width, 900);
      assertThat(browser.sticksOut()).as("%s wide", width).isEmpty();
      assertThat(browser.tablesCutOff()).as("%s wide", width).isEmpty();
    }
  }
}
