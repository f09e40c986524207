package org.hikae.it.pages.browser;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openqa.selenium.By;

/**
 * What the window of a browser shows, as far as a program can judge it.
 *
 * @param browser the page in it
 */
public record BrowserWindow(Browser browser) {

  /** What somebody acts on, as assistive programs call it. */
  private static final Set<String> CONTROLS =
      Set.of(
          "button",
          "checkbox",
          "combobox",
          "link",
          "listbox",
          "menuitem",
          "radio",
          "searchbox",
          "slider",
          "spinbutton",
          "switch",
          "tab",
          "textbox");

  /**
   * The whole page as a PNG, with what comes after it: in a window as high as the page, because
   * what keeps to the window's edge would else stand in the middle. The window is as it was
   * afterwards.
   */
  public byte[] picture() {
    paint();
    int wide = number("return innerWidth");
    int high = number("return innerHeight");
    browser.width(wide, Math.max(high, number("return document.documentElement.scrollHeight")));
    paint();
    byte[] picture = window();
    browser.width(wide, high);
    return picture;
  }

  /** What the window shows of the page, as a PNG. */
  public byte[] window() {
    Object data = browser.askCdp("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  private int number(String script) {
    return ((Number) Objects.requireNonNull(browser.script(script))).intValue();
  }

  /** Waits until nothing more comes and all is painted. */
  public void paint() {
    browser.settle();
    browser.waitFor(
        d -> d.findElements(By.cssSelector("[id^=later-] p.hk-card[role=status]")).isEmpty());
    browser.frames();
  }

  /** Waits until the page is drawn as it stands, and nothing on it is on its way to a colour. */
  void rest() {
    browser.settle();
    browser.frames();
    browser.waitFor(
        _ ->
            Boolean.TRUE.equals(
                browser.script(
                    "return document.getAnimations().every(one => one.playState !== 'running')")));
  }

  /** Tables that are wider than their place, so that a column is out of sight. */
  public List<String> tablesCutOff() {
    return browser.lines(
        """
        return [...document.querySelectorAll('.ui-datatable-tablewrapper')]
          .filter(e => e.scrollWidth > e.clientWidth + 1)
          .map(e => e.closest('.ui-datatable').id + ' by ' + (e.scrollWidth - e.clientWidth));
        """);
  }

  /** Elements that make the page wider than its window; what scrolls in itself is left out. */
  public List<String> sticksOut() {
    return browser.lines(
        """
        var wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > wide + 1)
          .map(e => e.outerHTML.slice(0, 120));
        """);
  }

  /**
   * Whether the navigation shows, without scrolling, which of its pages this is; also if none. It
   * goes there when the page is loaded, not when the window gets another width.
   */
  public boolean showsWhereItIs() {
    return Boolean.TRUE.equals(
        browser.script(
            """
            var here = document.querySelector(".hk-nav a[aria-current='page']");
            if (!here) return true;
            var place = here.getBoundingClientRect();
            return place.left >= 0 && place.right <= document.documentElement.clientWidth;
            """));
  }

  /** What links to the parts of a long page lead nowhere, and that there are none. */
  public List<String> partsOutOfReach() {
    return browser.lines(
        """
        var links = [...document.querySelectorAll('#main nav a')];
        var parts = [...document.querySelectorAll('#main h2')]
          .filter(h => h.checkVisibility() && !h.closest('[role=alert], .hk-verdict, .hk-bulk, details'));
        if (parts.length >= 5 && !links.some(a => a.checkVisibility())) return ['no links'];
        return links.filter(a => a.hash && !document.getElementById(decodeURIComponent(a.hash.slice(1))))
          .map(a => a.outerHTML);
        """);
  }

  /** Times of the last or next days that do not say how long ago they are. */
  public List<String> timesWithoutAge() {
    return browser.lines(
        """
        return [...document.querySelectorAll('time.hk-time')]
          .filter(e => Math.abs(Date.parse(e.dateTime) - Date.now()) < 29 * 86400000)
          .filter(e => !e.querySelector('.hk-ago') || !e.querySelector('.hk-ago').textContent)
          .map(e => e.outerHTML);
        """);
  }

  /** What is missing of title, heading, language and texts; best nothing. */
  public List<String> unsaid(String language) {
    return browser.lines(
        """
        var missing = [];
        var headings = [...document.querySelectorAll('h1')].filter(h => h.checkVisibility());
        var heading = headings.map(h => h.textContent.trim().replace(/\\s+/g, ' ')).join(' + ');
        if (headings.length !== 1 || !heading) missing.push('headings: ' + heading);
        if (document.title !== heading + ' · Hikae') missing.push('title: ' + document.title);
        if (document.documentElement.lang !== arguments[0])
          missing.push('language: ' + document.documentElement.lang);
        // A key without a text, also in an attribute, and an expression that nobody evaluated.
        var body = document.body.cloneNode(true);
        body.querySelectorAll('script').forEach(script => script.remove());
        (body.outerHTML.match(/.{0,60}(\\?\\?\\?|#\\{).{0,60}/g) || [])
          .forEach(text => missing.push('text: ' + text));
        return missing;
        """,
        language);
  }

  /** Controls without a name, as assistive programs are told of the page. */
  public List<String> nameless() {
    List<String> nameless = new ArrayList<>();
    Object tree = browser.askCdp("Accessibility.getFullAXTree", Map.of()).get("nodes");
    for (Object one : (List<?>) Objects.requireNonNull(tree)) {
      Map<?, ?> node = (Map<?, ?>) one;
      String role = value(node, "role");
      if (!Boolean.TRUE.equals(node.get("ignored"))
          && CONTROLS.contains(role)
          && value(node, "name").isBlank()) {
        nameless.add(role + " " + node.get("backendDOMNodeId"));
      }
    }
    return nameless;
  }

  private static String value(Map<?, ?> node, String property) {
    return node.get(property) instanceof Map<?, ?> found && found.get("value") != null
        ? String.valueOf(found.get("value"))
        : "";
  }
}
