package org.hikae.it.pages.browser;

import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * A person without a mouse: gets to everything by Tab and acts by keys alone.
 *
 * @param browser the page in front of them
 */
public record Keyboard(Browser browser) {

  /** More than any page has places to stop at. */
  private static final int MOST_STEPS = 200;

  private static final String FOCUSED =
      """
      var focused = document.activeElement;
      return focused && focused.matches(arguments[0])
        && (!arguments[1] || focused.innerText === arguments[1]) ? focused : null;
      """;

  /** Presses Tab until what the selector names has the focus and shows it. */
  public Keyboard reach(String css) {
    return reach(css, "");
  }

  /** The same until such an element says this. */
  public Keyboard reach(String css, String text) {
    for (int step = 0; step < MOST_STEPS; step++) {
      press(Keys.TAB);
      if (browser.script(FOCUSED, css, text) instanceof WebElement focused) {
        requireVisibleFocus(focused);
        return this;
      }
    }
    throw new AssertionError("Tab never came to " + css + " " + text + " in " + browser.address());
  }

  /** Types or presses keys where the focus is. */
  public Keyboard press(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
    return this;
  }

  /** Presses a key while another is held. */
  public Keyboard press(Keys held, String key) {
    new Actions(browser.driver()).keyDown(held).sendKeys(key).keyUp(held).perform();
    return this;
  }

  /** A person must see where they are: an outline or a ring around it. */
  private static void requireVisibleFocus(WebElement focused) {
    String ring = focused.getCssValue("box-shadow");
    String outline = focused.getCssValue("outline-style");
    if ("none".equals(ring) && "none".equals(outline)) {
      throw new AssertionError("The focus cannot be seen: " + focused.getDomProperty("outerHTML"));
    }
  }
}
