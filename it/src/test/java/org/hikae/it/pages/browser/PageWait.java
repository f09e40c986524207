package org.hikae.it.pages.browser;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Waits for something on a page that may go, with all its elements, while it is looked at. */
public final class PageWait extends WebDriverWait {

  /** What chromedriver says of that, when it does not say that an element is stale. */
  private static final List<String> GONE =
      List.of(
          "does not belong to the document",
          "Cannot find context with specified id",
          "No node with given id found",
          "document unloaded while waiting for result",
          "aborted by navigation");

  /** Selenium's half a second between two looks would be most of what a test of pages takes. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  public PageWait(WebDriver driver, Duration limit) {
    super(driver, limit);
    pollingEvery(PAUSE);
    ignoring(StaleElementReferenceException.class);
  }

  @Override
  public <V> V until(Function<? super WebDriver, ? extends V> condition) {
    return super.until(driver -> look(condition, driver));
  }

  private static <V> V look(Function<? super WebDriver, ? extends V> condition, WebDriver driver) {
    try {
      return condition.apply(driver);
    } catch (WebDriverException e) {
      String said = String.valueOf(e.getMessage());
      if (GONE.stream().anyMatch(said::contains)) {
        throw new StaleElementReferenceException("the page went while it was looked at", e);
      }
      throw e;
    }
  }
}
