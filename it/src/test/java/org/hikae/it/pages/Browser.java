package org.hikae.it.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.SignInTurn;
import org.hikae.it.stack.Stack;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;

/**
 * A person's own browser: Chromium without a window. It takes the portal's test certificate as it
 * is; that the certificate is checked is tested elsewhere. Who closes it has signed nobody out;
 * what the browser knew of that person is forgotten before the next one gets the program, which
 * takes seconds to start.
 */
public final class Browser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Programs that nobody uses, by their language. */
  private static final Map<String, Queue<ChromeDriver>> IDLE = new ConcurrentHashMap<>();

  private final ChromeDriver driver;
  private final URI portal;
  private final Queue<ChromeDriver> idle;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  private Browser(ChromeDriver driver, URI portal, Queue<ChromeDriver> idle) {
    this.driver = driver;
    this.portal = portal;
    this.idle = idle;
  }

  /** Opens a browser that asks for this language, wide as a laptop. */
  public static Browser open(Stack stack, String language) {
    Queue<ChromeDriver> idle = IDLE.computeIfAbsent(language, any -> new ConcurrentLinkedQueue<>());
    ChromeDriver driver = idle.poll();
    return new Browser(driver == null ? start(language) : driver, stack.portalUrl(), idle);
  }

  /** Starts the program alone, with more arguments, for other addresses than a stack's. */
  public static ChromeDriver start(String language, String... arguments) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("HIKAE_CHROMIUM", "chromium").toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--disable-dev-shm-usage",
        "--window-size=1360,1000",
        "--lang=" + language);
    options.addArguments(arguments);
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    options.setAcceptInsecureCerts(true);
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", console);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("HIKAE_CHROMEDRIVER", "chromedriver").toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
    return driver;
  }

  /** Opens a page and signs in when the sign-on asks. */
  public Browser signIn(Person person, String path) {
    open(path);
    return signIn(person);
  }

  /** Signs in when the sign-on asks, wherever the browser is on its way. */
  public Browser signIn(Person person) {
    waitFor(d -> atPortal() || !d.findElements(By.id("username")).isEmpty());
    if (!atPortal()) {
      driver.findElement(By.id("username")).sendKeys(person.username());
      driver.findElement(By.id("password")).sendKeys(person.password());
      try (SignInTurn _ = SignInTurn.of(person)) {
        driver.findElement(By.id("kc-login")).click();
        waitFor(d -> atPortal());
      } catch (TimeoutException e) {
        throw new AssertionError("not signed in, but at " + address() + ": " + text(), e);
      }
    }
    one("h1");
    return this;
  }

  /** Opens a page. */
  public void open(String path) {
    driver.get(portal + path);
  }

  /** Whether the browser shows the portal and not the sign-on. */
  boolean atPortal() {
    return address().startsWith(portal.toString());
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  String heading() {
    return one("h1").getText();
  }

  /** The text of the page as a person sees it. */
  public String text() {
    return wait(d -> displayed("body").map(WebElement::getText).orElse(null));
  }

  /** The element that the selector finds, once it is there and can be seen. */
  WebElement one(String css) {
    return wait(d -> displayed(css).orElse(null));
  }

  private Optional<WebElement> displayed(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).findFirst();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Clicks on a page at rest and waits until it has taken it in. */
  void click(String css) {
    settle();
    one(css).click();
    settle();
  }

  /** Clicks and gives the file that the portal then sends. */
  Path download(String css) throws IOException {
    Path folder = Files.createTempDirectory("downloads");
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
    one(css).click();
    waitFor(d -> complete(folder).isPresent());
    return complete(folder).orElseThrow();
  }

  private static Optional<Path> complete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Browser::isComplete).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isComplete(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && !name.endsWith(".crdownload");
  }

  /** Presses the button that does what the open dialog asks about. */
  void confirm() {
    click(".ui-confirmdialog-yes");
  }

  /** Types into a field that is looked at while typing, on a page at rest. */
  void type(String css, String text) {
    settle();
    one(css).sendKeys(text);
    settle();
  }

  /** Waits until the page says this. */
  void waitForText(String text) {
    waitFor(d -> text().contains(text));
  }

  public void waitFor(ExpectedCondition<Boolean> condition) {
    wait(condition);
  }

  /** What the condition gives, once that is neither null nor false. */
  private <T> T wait(Function<WebDriver, @Nullable T> condition) {
    return new PageWait(driver, LIMIT).withMessage(this::standing).until(condition);
  }

  /** Where the page is and what it shows and does, in one line. */
  private String standing() {
    return String.valueOf(
            driver.executeScript(
                """
                return location.pathname + ' (' + document.readyState + ', '
                  + performance.getEntriesByType('resource').length + ' loaded, asking: '
                  + !!(window.PrimeFaces && PrimeFaces.ajax && !PrimeFaces.ajax.Queue.isEmpty())
                  + ', focus: ' + document.activeElement?.id + ', on top: '
                  + [...document.querySelectorAll('.ui-dialog, .ui-widget-overlay, .hk-banner')]
                    .filter(e => e.checkVisibility()).map(e => e.className + ': ' + e.innerText)
                  + ') ' + document.body?.innerText
                """))
        .replaceAll("\\s+", " ");
  }

  /** Requests that the page has made by script since it was opened. */
  long requests() {
    Object made =
        driver.executeScript(
            "return performance.getEntriesByType('resource')"
                + ".filter(r => r.initiatorType === 'xmlhttprequest').length");
    return ((Number) made).longValue();
  }

  /** Shows the page as somebody's system asks: light or dark, and without movement. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Shows the page in a window whose inside is this wide and high, in CSS pixels. */
  void width(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * The whole page as a PNG, with what comes after it: in a window as high as the page, because
   * what keeps to the window's edge would else stand in the middle. The window is as it was
   * afterwards.
   */
  byte[] picture() {
    paint();
    int wide = number("return innerWidth");
    int high = number("return innerHeight");
    width(wide, Math.max(high, number("return document.documentElement.scrollHeight")));
    paint();
    byte[] picture = view();
    width(wide, high);
    return picture;
  }

  /** What the window shows of the page, as a PNG. */
  byte[] view() {
    Object data =
        driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  private int number(String script) {
    return ((Number) Objects.requireNonNull(driver.executeScript(script))).intValue();
  }

  /** Waits until nothing more comes and all is painted. */
  private void paint() {
    settle();
    waitFor(d -> d.findElements(By.cssSelector("[id^=later-] p.hk-card[role=status]")).isEmpty());
    driver.executeAsyncScript(
        "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()));");
  }

  /** Tables that are wider than their place, so that a column is out of sight. */
  @SuppressWarnings("unchecked")
  List<String> tablesCutOff() {
    return (List<String>)
        driver.executeScript(
            """
            return [...document.querySelectorAll('.ui-datatable-tablewrapper')]
              .filter(e => e.scrollWidth > e.clientWidth + 1)
              .map(e => e.closest('.ui-datatable').id + ' by ' + (e.scrollWidth - e.clientWidth));
            """);
  }

  /** Elements that make the page wider than its window; what scrolls in itself is left out. */
  @SuppressWarnings("unchecked")
  List<String> sticksOut() {
    return (List<String>)
        driver.executeScript(
            """
            var wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > wide + 1)
              .map(e => e.outerHTML.slice(0, 120));
            """);
  }

  /** Whether the navigation shows, without scrolling, which of its pages this is; also if none. */
  boolean showsWhereItIs() {
    return Boolean.TRUE.equals(
        driver.executeScript(
            """
            var here = document.querySelector(".hk-nav a[aria-current='page']");
            if (!here) return true;
            var place = here.getBoundingClientRect();
            return place.left >= 0 && place.right <= document.documentElement.clientWidth;
            """));
  }

  /** Lets the browser complain about this, which the test brings about on purpose. */
  void expect(String complaint) {
    expected.add(complaint);
  }

  /** Lets pages be answered with this status. */
  void expectStatus(int status) {
    expect("the server responded with a status of " + status);
  }

  /** Waits until the browser complains about this, as it should. */
  void waitForComplaint(String about) {
    waitFor(
        _ -> {
          listen();
          return complaints.removeIf(line -> line.contains(about));
        });
  }

  private void listen() {
    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .forEach(complaints::add);
  }

  WebDriver driver() {
    return driver;
  }

  /** A command of the browser's own protocol. */
  void cdp(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** What a script answers in the page. */
  @Nullable Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * Fails when a page complained about anything that the test did not expect: an error of a script,
   * a request that failed, something that the content security policy forbids.
   */
  @Override
  public void close() {
    listen();
    forget();
    complaints.removeIf(line -> expected.stream().anyMatch(line::contains));
    if (!complaints.isEmpty()) {
      throw new AssertionError("The browser complained: " + String.join("\n", complaints));
    }
  }

  private void forget() {
    String origin = URI.create(address()).resolve("/").toString();
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.get("about:blank");
    // What is about the leaving is nobody's.
    driver.manage().logs().get(LogType.BROWSER);
    idle.add(driver);
  }

  private void settle() {
    waitFor(
        d ->
            Boolean.TRUE.equals(
                driver.executeScript(
                    "return document.readyState === 'complete' && (!window.PrimeFaces"
                        + " || !PrimeFaces.ajax || PrimeFaces.ajax.Queue.isEmpty())")));
  }

  private static Path program(String variable, String name) {
    String set = System.getenv(variable);
    return Stream.of(set, "/usr/bin/" + name, "/usr/local/bin/" + name)
        .filter(path -> path != null && !path.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Install " + name + " or set " + variable));
  }
}
