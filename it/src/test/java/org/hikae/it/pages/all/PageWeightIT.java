package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many bytes a page sends, headers and compression included: the first one that a browser ever
 * asks for, and the next one. Prints what it finds. Time budget: 20 seconds beside the system's
 * start.
 */
@FullRunOnly
class PageWeightIT {

  private static final long FIRST_BYTES = 700_000;
  private static final long NEXT_BYTES = 100_000;

  /** What a browser keeps for a day is not sent again at the next page. */
  private static final long KEPT_SECONDS = 86_400;

  private static final Pattern MAX_AGE = Pattern.compile("^max-age=(\\d+)");

  private static PagesFixture pagesFixture;
  private static Browser browser;

  @BeforeAll
  static void sign_in() throws Exception {
    pagesFixture = PagesFixture.open();
    pagesFixture.backUp(pagesFixture.participant("Weighed laptop"));
    browser = pagesFixture.browser();
    browser.signIn(pagesFixture.admin(), "/admin/overview");
    browser.cdp("Network.enable", Map.of());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.cdp("Network.setCacheDisabled", Map.of("cacheDisabled", false));
      browser.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/overview", "/admin/employees", "/my/backups"})
  @SuppressWarnings("unchecked")
  void a_page_is_light(String page) throws Exception {
    browser.cdp("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    browser.open(page);
    long first = 0;
    long next = 0;
    for (Map<String, Object> sent :
        (List<Map<String, Object>>)
            Objects.requireNonNull(
                browser.script(
                    """
                    return ['navigation', 'resource'].flatMap(type =>
                      performance.getEntriesByType(type).map(one => (
                        { type: type, url: one.name, bytes: one.transferSize })));
                    """))) {
      long bytes = ((Number) Objects.requireNonNull(sent.get("bytes"))).longValue();
      first += bytes;
      if ("navigation".equals(sent.get("type")) || !isKept(String.valueOf(sent.get("url")))) {
        next += bytes;
      }
    }
    System.out.printf(Locale.ROOT, "%s: %,d bytes, then %,d%n", page, first, next);
    assertThat(first).isBetween(1L, FIRST_BYTES);
    assertThat(next).isBetween(1L, NEXT_BYTES);
  }

  private static boolean isKept(String url) throws Exception {
    String control =
        pagesFixture
            .stack()
            .httpClient()
            .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
            .headers()
            .firstValue("Cache-Control")
            .orElse("");
    Matcher age = MAX_AGE.matcher(control);
    return age.find() && Long.parseLong(age.group(1)) >= KEPT_SECONDS;
  }
}
