package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.SeveralPortals;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two portals behind HAProxy with the configuration of the guide: what people and devices notice
 * when one of them is killed or stopped. Time budget: 180 seconds beside the start of the system.
 */
@FullRunOnly
@Isolated // four servers of its own
class SeveralPortalsIT {

  private static final String PASSWORD = "hotaru-no-hikari-mado-no-yuki-5";
  private static final String OWN_COOKIE = "__Host-hikae-portal";
  private static final int FILES = 40;
  private static final int FILE_BYTES = 500_000;
  private static final Pattern LEFT = Pattern.compile("\"attemptsLeft\":(\\d+)");
  private static final Map<String, String> SORTED =
      Map.of(
          "sorting", "true",
          "sortKey", "list:table:stored",
          "sortDir", "-1",
          "skipChildren", "true",
          "encodeFeature", "true");

  private static SeveralPortals portals;
  private static TestCompany company;

  @TempDir private Path temp;

  @BeforeAll
  static void open() throws Exception {
    portals = SeveralPortals.start();
    company = TestCompany.of(portals.stack());
    portals.stack().keycloak().tellEndsTo(portals.stack().portalUrl().toString());
  }

  @AfterAll
  static void close() throws Exception {
    portals.close();
  }

  /** Whatever was kept in a session could be written; a portal that cannot write it says so. */
  @AfterEach
  void each_portal_could_send_every_session_to_the_other() throws IOException {
    for (int portal = 1; portal <= 2; portal++) {
      assertThat(portals.log(portal))
          .as("log of portal %d", portal)
          .doesNotContain("ISPN000559", "NotSerializableException", "ISPN000136")
          .contains("ISPN100000");
    }
  }

  @Test
  void a_backup_goes_on_while_a_portal_is_killed() throws Exception {
    Path tree = tree();
    try (CountingProxy proxy = new CountingProxy(portals.stack().portalUrl())) {
      AgentDevice agent =
          new AgentDevice(portals.stack(), temp.resolve("device")).by(proxy.url()).quick();
      agent.login(company.employee());
      agent.optIn("both", PASSWORD);
      AtomicBoolean killed = new AtomicBoolean();
      proxy.after(
          (long) FILES * FILE_BYTES / 4,
          () -> {
            kill(2);
            killed.set(true);
          });
      try {
        AgentResult backup = agent.run("backup", "--json", tree.toString());
        assertThat(killed).isTrue();
        assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
      } finally {
        portals.startAgain(2);
      }
      Path back = temp.resolve("back");
      AgentResult restored =
          agent.run(
              "restore", "--json", "--path", tree.toString(), "--target", back.toString());
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
      for (int i = 0; i < FILES; i++) {
        assertThat(back.resolve("file-" + i)).hasSameBinaryContentAs(tree.resolve("file-" + i));
      }
    }
  }

  @Test
  void a_session_and_its_open_pages_go_on_at_the_other_portal() throws Exception {
    TestAccount person = company.employee();
    PageClient own = PageClient.signedIn(portals.stack(), person);
    PageClient admin =
        PageClient.signedIn(portals.stack(), company.people().named("admin"));
    at(1, own);
    at(1, admin);
    own.open("/my/backups");
    PageClient.Page list = admin.open("/admin/employees?all=1");
    admin.open("/admin/notices");
    admin.open("/admin/policies");
    admin.open("/admin/consent-texts");
    admin.table(list, "list:table", SORTED);
    portals.kill(1);
    try {
      portals.balancer().awaitAway(1);
      HttpResponse<String> mine = own.ask("/privacy");
      assertThat(mine.statusCode()).isEqualTo(200);
      assertThat(mine.body()).contains(person.id());
      assertThat(own.ask("/my/backups").statusCode()).isEqualTo(200);
      // The very page that the other portal made: its state is here, too.
      assertThat(admin.table(list, "list:table", SORTED)).contains("list:table");
      assertThat(admin.ask("/admin/notices").statusCode()).isEqualTo(200);
    } finally {
      portals.startAgain(1);
    }
    // And back: who started again has the sessions that the other kept.
    at(1, own);
    assertThat(own.ask("/privacy").statusCode()).isEqualTo(200);
    assertThat(own.cookies().get(OWN_COOKIE)).isEqualTo("portal1");
  }

  @Test
  void what_ends_at_keycloak_ends_at_both_portals() throws Exception {
    TestAccount person = company.employee();
    PageClient browser = PageClient.signedIn(portals.stack(), person);
    PageClient other = PageClient.signedIn(portals.stack(), company.employee());
    for (int portal = 1; portal <= 2; portal++) {
      at(portal, browser);
      assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    }
    portals.stack().keycloak().admin("POST", "/users/" + person.id() + "/logout", "");
    String session = browser.cookies().get(PageClient.SESSION);
    for (int portal = 1; portal <= 2; portal++) {
      browser.cookies().put(PageClient.SESSION, session);
      at(portal, browser);
      assertThat(browser.ask("/privacy").statusCode()).as("portal %d", portal).isEqualTo(302);
      at(portal, other);
      assertThat(other.ask("/privacy").statusCode()).as("portal %d", portal).isEqualTo(200);
    }
  }

  @Test
  void guesses_count_over_both_portals() throws Exception {
    AgentDevice first = new AgentDevice(portals.stack(), temp.resolve("guessed")).quick();
    TestAccount person = company.employee();
    first.login(person);
    first.optIn("both", PASSWORD);
    Path tree = Files.createDirectories(temp.resolve("small"));
    Files.writeString(tree.resolve("one"), "one");
    assertThat(first.run("backup", "--json", tree.toString()).exitCode())
        .isEqualTo(AgentResult.DONE);
    AgentDevice second = new AgentDevice(portals.stack(), temp.resolve("guessing")).quick();
    second.login(person);
    int before = guess(second, 1);
    assertThat(guess(second, 2)).isEqualTo(before - 1);
  }

  /** Attempts that are left after a wrong password by way of one portal only. */
  private int guess(AgentDevice device, int portal) throws IOException, InterruptedException {
    int other = 3 - portal;
    portals.balancer().drain(other);
    try {
      AgentResult wrong =
          device.withPassword(
              "wrong-" + portal, "restore", "--json", "--target", temp.resolve("no").toString());
      assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(AgentResult.LOCKED);
      Matcher left = LEFT.matcher(wrong.toString());
      assertThat(left.find()).as("%s", wrong).isTrue();
      return Integer.parseInt(left.group(1));
    } finally {
      portals.balancer().admit(other);
      portals.balancer().awaitServing(other);
    }
  }

  @Test
  void a_portal_that_is_drained_gets_no_request_and_stops_and_joins_again() throws Exception {
    PageClient browser = PageClient.signedIn(portals.stack(), company.employee());
    at(1, browser);
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    portals.balancer().drain(1);
    long before = portals.balancer().requests(1);
    for (int i = 0; i < 20; i++) {
      assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    }
    assertThat(portals.balancer().requests(1)).isEqualTo(before);
    assertThat(browser.cookies().get(OWN_COOKIE)).isEqualTo("portal2");
    portals.stop(1);
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    portals.balancer().admit(1);
    portals.startAgain(1);
    at(1, browser);
    assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    assertThat(browser.cookies().get(OWN_COOKIE)).isEqualTo("portal1");
  }

  @Test
  void a_portal_that_is_stopped_without_notice_fails_no_request() throws Exception {
    PageClient browser = PageClient.signedIn(portals.stack(), company.employee());
    at(2, browser);
    Thread stopping = Thread.ofVirtual().start(() -> portals.stop(2));
    try {
      while (stopping.isAlive()) {
        assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
      }
    } finally {
      stopping.join();
      portals.startAgain(2);
    }
  }

  /** Makes a browser one that HAProxy has sent to this portal before. */
  private static void at(int portal, PageClient browser) {
    browser.cookies().put(OWN_COOKIE, "portal" + portal);
  }

  private static void kill(int portal) {
    try {
      portals.kill(portal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path tree() {
    try {
      Path tree = Files.createDirectories(temp.resolve("tree"));
      Random random = new Random(29);
      byte[] content = new byte[FILE_BYTES];
      for (int i = 0; i < FILES; i++) {
        random.nextBytes(content);
        Files.write(tree.resolve("file-" + i), content);
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
