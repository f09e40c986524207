package org.hikae.it.install;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hikae.it.client.PageClient;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PageWait;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A person with a browser, for which portal and sign-on are two sites. */
final class GuideBrowser implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ChromeDriver driver;
  private final String portal;
  private final String sso;

  /** Opens a browser that finds both names on this host, as the company's DNS would say. */
  GuideBrowser(String portalHost, String portal, String ssoHost, String sso) {
    this.driver =
        Browser.start(
            "en",
            "--host-resolver-rules=MAP " + portalHost + " 127.0.0.1,MAP " + ssoHost + " 127.0.0.1");
    this.portal = portal;
    this.sso = sso;
  }

  /** Opens a page of the portal, which leads to the sign-on and back. */
  void signIn(String path, String username, String password) {
    driver.get(portal + path);
    await(() -> at(sso) && shows("#username"));
    typeSignIn(username, password);
  }

  /** Types user name and password, and, when asked for one, a new password. */
  private void typeSignIn(String username, String password) {
    one("#username").sendKeys(username);
    one("#password").sendKeys(password);
    one("#kc-login").click();
    await(() -> !shows("#username"));
  }

  /** Sets a password of one's own in place of the first one. */
  void choosePassword(String password) {
    one("#password-new").sendKeys(password);
    one("#password-confirm").sendKeys(password);
    one("#kc-passwd-update-form [type=submit]").click();
  }

  /** Confirms a device at its address: signs in first, then says yes. */
  void admitDevice(String address, String username, String password) {
    driver.get(address);
    await(() -> shows("#username") || shows("[name=accept]"));
    if (shows("#username")) {
      typeSignIn(username, password);
    }
    one("[name=accept]").click();
    await(() -> !shows("[name=accept]"));
  }

  /** Opens a page of the portal as one who is signed in. */
  void open(String path) {
    driver.get(portal + path);
  }

  /** Follows a link to the portal from a page of the other site. */
  void comeFromTheOtherSite() {
    driver.get(sso + "/realms/hikae/.well-known/openid-configuration");
    await(() -> at(sso));
    driver.executeScript("window.location.href = arguments[0]", portal + "/");
    awaitPortal();
  }

  /** Waits for a page of the portal. */
  void awaitPortal() {
    await(() -> at(portal) && shows("h1"));
  }

  /** Clicks what the selector finds. */
  void click(String css) {
    one(css).click();
  }

  /** Waits until nothing is found any more. */
  void awaitNone(String css) {
    await(() -> !shows(css));
  }

  /** The cookie of the portal's session. */
  Cookie session() {
    Cookie cookie = driver.manage().getCookieNamed(PageClient.SESSION);
    if (cookie == null) {
      throw new AssertionError("no session at " + driver.getCurrentUrl());
    }
    return cookie;
  }

  private boolean at(String site) {
    return String.valueOf(driver.getCurrentUrl()).startsWith(site + "/");
  }

  private boolean shows(String css) {
    return all(css).stream().anyMatch(WebElement::isDisplayed);
  }

  private WebElement one(String css) {
    await(() -> shows(css));
    return all(css).stream().filter(WebElement::isDisplayed).findFirst().orElseThrow();
  }

  private List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  private void await(BooleanSupplier condition) {
    new PageWait(driver, LIMIT)
        .withMessage(() -> driver.getCurrentUrl() + "\n" + driver.getPageSource())
        .until(any -> condition.getAsBoolean());
  }

  @Override
  public void close() {
    driver.quit();
  }
}
