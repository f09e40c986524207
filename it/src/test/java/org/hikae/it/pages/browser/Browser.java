package org.hikae.it.pages.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.hikae.it.client.KeycloakSessionCookies;
import org.hikae.it.client.SignInLock;
import org.hikae.it.client.TestAccount;
import org.hikae.it.stack.Cleanup;
import org.hikae.it.stack.Stack;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.TestTimeline;
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

  /** Making a page costs the portal more than looking at one that is there. */
  private static final Duration REOPENED = Duration.ofMillis(300);

  private static final Path DOWNLOADS = BuildOutput.root().resolve("it/target/downloads");

  /** Programs that nobody uses, by their language. */
  private static final Map<String, Queue<ChromeDriver>> IDLE = new ConcurrentHashMap<>();

  private final ChromeDriver driver;
  private final Stack stack;
  private final URI portal;
  private final @Nullable Queue<ChromeDriver> idle;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  private Browser(ChromeDriver driver, Stack stack, @Nullable Queue<ChromeDriver> idle) {
    this.driver = driver;
    this.stack = stack;
    this.portal = stack.portalUrl();
    this.idle = idle;
  }

  /** Opens a browser that asks for this language, wide as a laptop. */
  public static Browser open(Stack stack, String language) {
    Queue<ChromeDriver> idle = IDLE.computeIfAbsent(language, any -> new ConcurrentLinkedQueue<>());
    ChromeDriver driver = idle.poll();
    return new Browser(driver == null ? start(language) : driver, stack, idle);
  }

  /** The same with a profile of its own, whose program ends when it is closed. */
  public static Browser alone(Stack stack, String language, Path profile) {
    return new Browser(start(language, "--user-data-dir=" + profile), stack, null);
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
    long begun = TestTimeline.now();
    ChromeDriver driver = new ChromeDriver(service, options);
    TestTimeline.started("Chromium", begun);
    driver.manage().timeouts().scriptTimeout(LIMIT);
    Cleanup.close(driver::quit);
    return driver;
  }

  /**
   * Opens a page as a person whom Keycloak knows already, as most do who open it: their session at
   * the portal is new, and the form is left to the tests about signing in.
   */
  public Browser signIn(TestAccount testAccount, String path) {
    know(testAccount);
    open(path);
    return signIn(testAccount);
  }

  private void know(TestAccount testAccount) {
    List<Map<String, Object>> cookies = new ArrayList<>();
    try {
      KeycloakSessionCookies.of(stack, testAccount)
          .forEach(
              (name, value) ->
                  cookies.add(
                      Map.of(
                          "name",
                          name,
                          "value",
                          value,
                          "url",
                          stack.keycloakUrl() + "/",
                          "path",
                          stack.keycloakUrl().getPath() + "/",
                          "secure",
                          true,
                          "httpOnly",
                          true,
                          "sameSite",
                          "None")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    cdp("Network.setCookies", Map.of("cookies", cookies));
  }

  /** Signs in when the sign-on asks, wherever the browser is on its way. */
  public Browser signIn(TestAccount testAccount) {
    waitFor(d -> atPortal() || !d.findElements(By.id("username")).isEmpty());
    if (!atPortal()) {
      driver.findElement(By.id("username")).sendKeys(testAccount.username());
      driver.findElement(By.id("password")).sendKeys(testAccount.password());
      try (SignInLock _ = SignInLock.of(testAccount)) {
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
  public boolean atPortal() {
    return address().startsWith(portal.toString());
  }

  public String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  public String heading() {
    return textOf("h1");
  }

  /** The text of the page as a person sees it. */
  public String text() {
    return textOf("body");
  }

  /** What the first element that can be seen says, once it says something. */
  public String textOf(String css) {
    return wait(d -> texts(css).filter(text -> !text.isBlank()).findFirst().orElse(null));
  }

  private Stream<String> texts(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).map(WebElement::getText);
  }

  /** The element that the selector finds, once it is there and can be seen. */
  public WebElement one(String css) {
    return wait(d -> displayed(css).orElse(null));
  }

  private Optional<WebElement> displayed(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).findFirst();
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Clicks on a page at rest and waits until it has taken it in. */
  public void click(String css) {
    settle();
    one(css).click();
    settle();
  }

  /** Clicks and gives the file that the portal then sends. */
  public Path download(String css) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(DOWNLOADS), "file");
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
    one(css).click();
    waitFor(d -> complete(folder).isPresent());
    return complete(folder).orElseThrow();
  }

  private static Optional<Path> complete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> file = files.filter(Browser::isComplete).findFirst();
      // Its name is taken before its bytes get it.
      return file.isPresent() && Files.size(file.get()) == 0 ? Optional.empty() : file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isComplete(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && !name.endsWith(".crdownload");
  }

  /** Presses the button that does what the open dialog asks about. */
  public void confirm() {
    click(".ui-confirmdialog-yes");
  }

  /** Types into a field that is looked at while typing, on a page at rest. */
  public void type(String css, String text) {
    settle();
    one(css).sendKeys(text);
    settle();
  }

  /** Waits until the page says all of this. */
  public void waitForText(String... parts) {
    waitForTextIn("body", parts);
  }

  /** Waits until the first element that can be seen says all of this. */
  public void waitForTextIn(String css, String... parts) {
    waitFor(d -> texts(css).limit(1).anyMatch(text -> Stream.of(parts).allMatch(text::contains)));
  }

  /** Waits until the first element that can be seen says this and no more. */
  public void waitForExactly(String css, String text) {
    waitFor(d -> texts(css).limit(1).anyMatch(text::equals));
  }

  /** Waits until the page with this heading is there. */
  public void waitForHeading(String heading) {
    waitForExactly("h1", heading);
  }

  /** Clicks on what is in the first of such elements that says this, such as a row's button. */
  public void clickIn(String css, String text, String inside) {
    settle();
    waitFor(
        d -> {
          Optional<WebElement> found =
              all(css).stream().filter(one -> one.getText().contains(text)).findFirst();
          found.ifPresent(one -> one.findElement(By.cssSelector(inside)).click());
          return found.isPresent();
        });
    settle();
  }

  /** All of what the first of such elements says that says this, such as a row of a table. */
  public String saying(String css, String text) {
    return wait(d -> texts(css).filter(said -> said.contains(text)).findFirst().orElse(null));
  }

  public void waitFor(ExpectedCondition<Boolean> condition) {
    wait(condition);
  }

  /** Opens a page again and again until it shows what the portal comes to by itself. */
  public void reopenUntil(String path, BooleanSupplier shows) {
    new PageWait(driver, LIMIT)
        .withMessage(this::standing)
        .pollingEvery(REOPENED)
        .until(
            _ -> {
              open(path);
              return shows.getAsBoolean();
            });
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
  public long requests() {
    Object made =
        driver.executeScript(
            "return performance.getEntriesByType('resource')"
                + ".filter(r => r.initiatorType === 'xmlhttprequest').length");
    return ((Number) made).longValue();
  }

  /**
   * Shows the page as somebody's system asks: light or dark, and without movement. When it returns
   * the page is drawn so: Chromium takes {@code light-dark()} anew with the next frame.
   */
  public void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    frames();
  }

  /**
   * Shows the page in a window whose inside is this wide and high, in CSS pixels. When it returns
   * the page is laid out for it: Chromium applies rules that ask for a width with the next frame.
   */
  public void width(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    frames();
  }

  /** Waits until the page as it stands was drawn. */
  void frames() {
    later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()));");
  }

  /** Lets the browser complain about this, which the test brings about on purpose. */
  public void expect(String complaint) {
    expected.add(complaint);
  }

  /** Lets pages be answered with this status. */
  public void expectStatus(int status) {
    expect("the server responded with a status of " + status);
  }

  /** Waits until the browser complains about this, as it should. */
  public void waitForComplaint(String about) {
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

  public WebDriver driver() {
    return driver;
  }

  /** A command of the browser's own protocol. */
  public void cdp(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** The same, with what the browser answers. */
  Map<String, Object> askCdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** What a script answers in the page. */
  @Nullable
  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What a script answers later in the page, to the function that is its last argument. */
  @Nullable
  public Object later(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** The same that answers with lines. */
  public List<String> lines(String script, Object... arguments) {
    return ((List<?>) Objects.requireNonNull(driver.executeScript(script, arguments)))
        .stream().map(String::valueOf).toList();
  }

  /**
   * Fails when a page complained about anything that the test did not expect: an error of a script,
   * a request that failed, something that the content security policy forbids.
   */
  @Override
  public void close() {
    List<String> said = unexpected();
    if (idle == null) {
      driver.quit();
    } else {
      forget(idle);
    }
    if (!said.isEmpty()) {
      throw new AssertionError("The browser complained: " + String.join("\n", said));
    }
  }

  /** What pages have complained about so far and no test expected; told once. */
  public List<String> unexpected() {
    listen();
    complaints.removeIf(line -> expected.stream().anyMatch(line::contains));
    List<String> said = List.copyOf(complaints);
    complaints.clear();
    return said;
  }

  private void forget(Queue<ChromeDriver> programs) {
    String origin = URI.create(address()).resolve("/").toString();
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.get("about:blank");
    // What is about the leaving is nobody's.
    driver.manage().logs().get(LogType.BROWSER);
    programs.add(driver);
  }

  /** Waits until the page is loaded and asks for nothing more. */
  void settle() {
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
