package org.hikae.it.pages.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.device.cli.window.AgentWindow;
import org.hikae.it.agent.InProcessAgent;
import org.hikae.it.pages.browser.Browser;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * What a page of another site tries against the window in a browser, although it knows name, port
 * and even the link: each is refused, and seen to work against a site that lets it. Time budget: 15
 * seconds, and no system is started.
 */
@FullRunOnly
class WindowAttackIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern ADDRESS = Pattern.compile("content=\"0;url=([^\"]+)\"");

  /** What a page can try against an address. It answers with a word for each. */
  private static final String ATTACK =
      """
      const [target, link, done] = arguments;
      const json = JSON.stringify(link);
      const read = async (path, options) => {
        try {
          const answer = await fetch(target + path, options);
          return answer.type === 'opaque' ? 'sent' : 'read ' + (await answer.text()).slice(0, 6);
        } catch {
          return 'refused';
        }
      };
      const post = (type, more) => ({
        method: 'POST', body: json, headers: { 'Content-Type': type }, ...more });
      const loads = (name, attributes) => new Promise((told) => {
        const element = document.createElement(name);
        element.onload = () => told('loaded');
        element.onerror = () => told('refused');
        Object.assign(element, attributes);
        document.body.append(element);
      });
      const message = (from) => new Promise((told) => {
        addEventListener('message', (event) => {
          if (event.source === from()) told('shown');
        });
      });
      const framed = async (act) => {
        const frame = document.createElement('iframe');
        frame.name = 'frame' + document.querySelectorAll('iframe').length;
        document.body.append(frame);
        const shown = message(() => frame.contentWindow);
        // Of the other site, not the empty page before it.
        const loaded = new Promise((told) => {
          frame.onload = () => { if (frame.contentDocument === null) told(); };
        });
        act(frame);
        await loaded;
        // It says that it is shown before it is loaded; what it says may come a moment later.
        const silence = new Promise((told) => { setTimeout(() => told('refused'), 1000); });
        return Promise.race([shown, silence]);
      };
      const opened = () => new Promise((told) => {
        const other = window.open(target + '/');
        message(() => other).then(told);
        const look = setInterval(() => {
          if (other.closed) { clearInterval(look); told('refused'); }
        }, 50);
      });
      const socket = () => new Promise((told) => {
        const one = new WebSocket(target.replace('http', 'ws') + '/api/verdict');
        one.onopen = () => { told('open'); one.close(); };
        one.onerror = () => told('refused');
      });
      (async () => {
        const tried = {};
        for (const credentials of ['omit', 'include']) {
          const plain = { mode: 'no-cors', credentials };
          tried['page ' + credentials] = await read('/', { credentials });
          tried['page unseen ' + credentials] = await read('/', plain);
          tried['script ' + credentials] = await read('/base.js', { credentials });
          tried['link ' + credentials] =
            await read('/api/start', post('application/json', { credentials }));
          tried['link unseen ' + credentials] =
            await read('/api/start', post('text/plain', plain));
          tried['end ' + credentials] =
            await read('/api/end', post('application/json', { credentials }));
        }
        tried.beacon = navigator.sendBeacon(target + '/api/end', json) ? 'sent' : 'refused';
        tried.element = await loads('script', { src: target + '/base.js' });
        tried.module = await loads('script', { type: 'module', src: target + '/window.js' });
        tried.style = await loads('link', { rel: 'stylesheet', href: target + '/window.css' });
        tried.picture = await loads('img', { src: target + '/icon.svg' });
        tried.frame = await framed((frame) => { frame.src = target + '/'; });
        tried.form = await framed((frame) => {
          const form = document.createElement('form');
          Object.assign(form, {
            method: 'post', enctype: 'text/plain', action: target + '/api/end',
            target: frame.name });
          document.body.append(form);
          form.submit();
        });
        tried.opened = await opened();
        tried.socket = await socket();
        return tried;
      })().then(done, (failure) => done({ broken: String(failure) }));
      """;

  /** What a page of a name that has moved to the window can do: to the browser it is one site. */
  private static final String MOVED =
      """
      const [link, done] = arguments;
      const ask = async (path, options) => {
        const answer = await fetch(path, options);
        return answer.status + ' ' + (await answer.text()).length;
      };
      (async () => ({
        page: await ask('/'),
        script: await ask('/base.js'),
        link: await ask('/api/start', {
          method: 'POST', body: JSON.stringify(link),
          headers: { 'Content-Type': 'application/json' } }),
      }))().then(done, (failure) => done({ broken: String(failure) }));
      """;

  @TempDir private Path temp;

  private static URI address(AgentWindow window) throws Exception {
    Matcher matcher = ADDRESS.matcher(Files.readString(window.linkFile()));
    assertThat(matcher.find()).isTrue();
    return URI.create(matcher.group(1));
  }

  private static Map<String, Object> answers(ChromeDriver driver, String script, Object... values) {
    Map<String, Object> answers = new TreeMap<>();
    ((Map<?, ?>) Objects.requireNonNull(driver.executeAsyncScript(script, values)))
        .forEach((name, value) -> answers.put(String.valueOf(name), value));
    assertThat(answers).doesNotContainKey("broken");
    return answers;
  }

  private static void waitForHeading(ChromeDriver driver, String text) {
    new WebDriverWait(driver, LIMIT)
        .until(
            _ ->
                driver.findElements(By.tagName("h1")).stream()
                    .anyMatch(one -> one.getText().contains(text)));
  }

  private static ChromeDriver profile() {
    return Browser.start(
        "en",
        "--host-resolver-rules=MAP attack.example 127.0.0.1,MAP open.example 127.0.0.1,"
            + "MAP moved.example 127.0.0.2");
  }

  @Test
  void no_other_site_gets_at_the_window_nor_does_a_second_use_of_its_link() throws Exception {
    InProcessAgent agent =
        new InProcessAgent(temp.resolve("agent"), Files.createDirectories(temp.resolve("home")));
    ChromeDriver first = profile();
    ChromeDriver second = profile();
    try (AgentWindow window = agent.window("en");
        FakeForeignServer attack = FakeForeignServer.start("127.0.0.1", 0);
        FakeForeignServer open = FakeForeignServer.start("127.0.0.1", 0);
        FakeForeignServer moved = FakeForeignServer.start("127.0.0.2", address(window).getPort())) {
      URI address = address(window);
      String link = address.getFragment();
      first.get("http://attack.example:" + attack.port() + "/");
      Map<String, Object> tried =
          answers(first, ATTACK, "http://open.example:" + open.port(), link);
      assertThat(tried.values())
          .as("%s against a site that lets everybody", tried)
          .doesNotContain("refused");
      assertThat(open.requests())
          .contains("POST /api/start \"" + link + "\"", "POST /api/end \"" + link + "\"");
      tried = answers(first, ATTACK, "http://" + address.getAuthority(), link);
      // A beacon is sent without asking, and says nothing of what became of it.
      assertThat(tried.remove("beacon")).isEqualTo("sent");
      assertThat(tried.values()).as("%s against the window", tried).containsOnly("refused");
      moves(first, moved, address);

      // None of it has used the link, ended the window or begun anything.
      first.get(address.toString());
      waitForHeading(first, "You are not signed in");
      assertThat(first.getCurrentUrl()).doesNotContain(link);
      stolen(first, second, address);
    } finally {
      first.quit();
      second.quit();
    }
  }

  /** A name that has moved to this computer (DNS rebinding). */
  private static void moves(ChromeDriver driver, FakeForeignServer moved, URI window) {
    driver.get("http://moved.example:" + window.getPort() + "/");
    assertThat(answers(driver, MOVED, window.getFragment()).values())
        .as("before it moved")
        .allMatch(answer -> answer.toString().startsWith("200 "));
    moved.movesTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), window.getPort()));
    assertThat(answers(driver, MOVED, window.getFragment()).values())
        .as("afterwards")
        .containsOnly("421 0");
  }

  /** The link in other hands, in another profile: it opens nothing, and ends what it opened. */
  private static void stolen(ChromeDriver first, ChromeDriver second, URI address) {
    second.get(address.toString());
    waitForHeading(second, "This window is closed");
    assertThat(second.findElement(By.tagName("main")).getText())
        .contains("This link opens nothing any more", "tell your IT");
    first.findElement(By.cssSelector("nav button")).click();
    waitForHeading(first, "This window is closed");
    assertThat(first.findElement(By.tagName("main")).getText())
        .contains("its link was used a second time");
  }
}
