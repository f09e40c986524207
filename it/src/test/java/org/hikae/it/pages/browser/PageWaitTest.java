package org.hikae.it.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;

/** What a wait bears, and what it does not. */
class PageWaitTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Nobody asks it. */
  private static final WebDriver DRIVER =
      (WebDriver)
          Proxy.newProxyInstance(
              PageWaitTest.class.getClassLoader(),
              new Class<?>[] {WebDriver.class},
              (proxy, method, arguments) -> null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown error: unhandled inspector error:"
            + " {\"code\":-32000,\"message\":\"Node with given id does not belong to the document\"}",
        "javascript error: document unloaded while waiting for result",
        "aborted by navigation: loader has changed while resolving nodes"
      })
  void looks_again_when_the_page_went(String said) {
    assertThat(looksUntilDone(new WebDriverException(said))).isEqualTo(2);
  }

  @Test
  void looks_again_when_an_element_went() {
    assertThat(looksUntilDone(new StaleElementReferenceException("gone"))).isEqualTo(2);
  }

  @Test
  void does_not_wait_when_the_browser_failed() {
    WebDriverException failure =
        new WebDriverException("session deleted as the browser has closed");
    assertThatThrownBy(() -> looksUntilDone(failure)).isSameAs(failure);
  }

  /** How often is looked when the first look fails so. */
  private static int looksUntilDone(WebDriverException first) {
    AtomicInteger looks = new AtomicInteger();
    new PageWait(DRIVER, LIMIT)
        .until(
            driver -> {
              if (looks.incrementAndGet() == 1) {
                throw first;
              }
              return true;
            });
    return looks.get();
  }
}
