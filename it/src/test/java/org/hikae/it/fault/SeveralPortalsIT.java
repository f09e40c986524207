package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.SeveralPortals;
import org.hikae.it.stack.Stack;
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
  private static final int ATTEMPTS = 10;
  private static final int AT_A_TIME = 6;
  private static final int FILES = 40;
  private static final int FILE_BYTES = 500_000;
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
  void each_portal_knows_the_other_and_could_send_it_every_session() throws IOException {
    for (int portal = 1; portal <= 2; portal++) {
      assertThat(portals.log(portal))
          .as("log of portal %d", portal)
          .doesNotContain("ISPN000559", "NotSerializableException", "ISPN000136")
          .containsPattern("ISPN100000: Node portal|WFLYCLJG0033: .*portal1.*portal2");
    }
  }

  @Test
  void a_portal_that_is_killed_costs_neither_a_backup_nor_a_session() throws Exception {
    TestAccount person = company.employee();
    PageClient own = PageClient.signedIn(portals.stack(), person);
    PageClient admin = signedInAdministrator();
    at(1, own);
    at(1, admin);
    own.open("/my/backups");
    PageClient.Page list = admin.open("/admin/employees?all=1");
    admin.open("/admin/notices");
    admin.open("/admin/policies");
    admin.open("/admin/consent-texts");
    admin.table(list, "list:table", SORTED);

    backUpAndRestoreDespiteKillOf(1, person);

    portals.balancer().awaitAway(1);
    HttpResponse<String> mine = own.ask("/privacy");
    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(mine.body()).contains(person.id());
    assertThat(own.ask("/my/backups").statusCode()).isEqualTo(200);
    // The very page that the other portal made: its state is here, too.
    assertThat(admin.table(list, "list:table", SORTED)).contains("list:table");
    assertThat(admin.ask("/admin/notices").statusCode()).isEqualTo(200);

    portals.startAgain(1);
    // And back: who started again has the sessions that the other kept.
    at(1, own);
    assertThat(own.ask("/privacy").statusCode()).isEqualTo(200);
    assertThat(own.cookies().get(OWN_COOKIE)).isEqualTo("portal1");
  }

  private void backUpAndRestoreDespiteKillOf(int portal, TestAccount person) throws Exception {
    Path tree = tree();
    try (CountingProxy proxy = new CountingProxy(portals.stack().portalUrl())) {
      AgentDevice agent =
          new AgentDevice(portals.stack(), temp.resolve("device")).by(proxy.url()).quick();
      agent.login(person);
      agent.optIn("both", PASSWORD);
      long before = portals.balancer().requests(portal);
      AtomicBoolean killed = new AtomicBoolean();
      proxy.after(
          (long) FILES * FILE_BYTES / 4,
          () -> {
            kill(portal);
            killed.set(true);
          });
      AgentResult backup = agent.run("backup", "--json", tree.toString());
      assertThat(killed).isTrue();
      assertThat(portals.balancer().requests(portal)).isGreaterThan(before);
      assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
      Path back = temp.resolve("back");
      AgentResult restored =
          agent.run("restore", "--json", "--path", tree.toString(), "--target", back.toString());
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
      for (int i = 0; i < FILES; i++) {
        assertThat(back.resolve("file-" + i)).hasSameBinaryContentAs(tree.resolve("file-" + i));
      }
    }
  }

  @Test
  void nobody_loses_a_form_while_a_portal_drains_and_stops() throws Exception {
    PageClient admin = signedInAdministrator();
    at(1, admin);
    PageClient.Page list = admin.open("/admin/employees?all=1");
    FutureTask<Boolean> stopping =
        begun(
            () -> {
              portals.drain(1);
              portals.balancer().awaitAway(1);
              portals.stop(1);
              return true;
            });
    while (!stopping.isDone()) {
      // It throws when the form is not answered; HAProxy repeats none.
      admin.table(list, "list:table", SORTED);
    }
    assertThat(stopping.get()).isTrue();
    assertThat(admin.cookies().get(OWN_COOKIE)).isEqualTo("portal2");

    portals.startAgain(1);
    at(1, admin);
    assertThat(admin.ask("/privacy").statusCode()).isEqualTo(200);
    assertThat(admin.cookies().get(OWN_COOKIE)).isEqualTo("portal1");
  }

  @Test
  void a_portal_that_stops_without_notice_fails_no_page() throws Exception {
    PageClient browser = PageClient.signedIn(portals.stack(), company.employee());
    at(2, browser);
    FutureTask<Boolean> stopping =
        begun(
            () -> {
              portals.stop(2);
              return true;
            });
    while (!stopping.isDone()) {
      assertThat(browser.ask("/privacy").statusCode()).isEqualTo(200);
    }
    assertThat(stopping.get()).isTrue();
    portals.startAgain(2);
  }

  private static FutureTask<Boolean> begun(Callable<Boolean> what) {
    FutureTask<Boolean> task = new FutureTask<>(what);
    Thread.ofPlatform().daemon().name("beside the test").start(task);
    return task;
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

  /** Sessions that all portals have are made by another part of the server than those of one. */
  @Test
  void a_cookie_of_before_a_sign_in_opens_nothing_after_it() throws Exception {
    String planted = "x".repeat(40);
    PageClient victim = PageClient.anonymous(portals.stack());
    victim.cookies().put(PageClient.SESSION, planted);
    assertThat(victim.signIn(company.employee()).statusCode()).isEqualTo(200);
    assertThat(victim.cookies().get(PageClient.SESSION)).isNotEqualTo(planted);
    PageClient thief = PageClient.anonymous(portals.stack());
    for (int portal = 1; portal <= 2; portal++) {
      thief.cookies().put(PageClient.SESSION, planted);
      at(portal, thief);
      assertThat(thief.ask("/privacy").statusCode()).as("portal %d", portal).isEqualTo(302);
    }
  }

  /** A browser asks for several things at a time, and each request writes the whole session. */
  @Test
  void requests_of_one_session_at_a_time_are_all_answered() throws Exception {
    PageClient browser = PageClient.signedIn(portals.stack(), company.employee());
    List<FutureTask<Boolean>> asking = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      PageClient one = PageClient.anonymous(portals.stack());
      one.cookies().putAll(browser.cookies());
      asking.add(
          begun(
              () -> {
                for (int j = 0; j < AT_A_TIME; j++) {
                  one.open("/my/backups");
                }
                return true;
              }));
    }
    for (FutureTask<Boolean> each : asking) {
      assertThat(each.get()).isTrue();
    }
  }

  @Test
  void who_has_not_the_key_of_the_portals_is_not_listened_to() throws Exception {
    Path other = temp.resolve("other.p12");
    SeveralPortals.makeKey(other);
    assertThat(portals.listensTo(portals.keys())).isTrue();
    assertThat(portals.listensTo(other)).isFalse();
  }

  @Test
  void monitoring_asks_the_portal_that_it_names() throws Exception {
    for (int portal = 1; portal <= 2; portal++) {
      long before = portals.balancer().requests(portal);
      URI figures = portals.stack().portalUrl().resolve("/api/metrics?portal=portal" + portal);
      HttpRequest request =
          HttpRequest.newBuilder(figures)
              .header("Authorization", Stack.METRICS_AUTHORIZATION)
              .build();
      HttpResponse<String> answer =
          portals.stack().httpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(portals.balancer().requests(portal)).isGreaterThan(before);
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
    for (int portal = 1; portal <= 2; portal++) {
      AgentResult wrong = guessAt(portal, second, tree);
      assertThat(wrong.event("error").path("code").asText())
          .as("%s", wrong)
          .isEqualTo("vault.wrong-password");
      assertThat(wrong.event("error").path("message").asText())
          .contains("left: " + (ATTEMPTS - portal) + ".");
    }
  }

  /** Tries a wrong password by way of one portal only. */
  private AgentResult guessAt(int portal, AgentDevice device, Path tree) throws Exception {
    int other = 3 - portal;
    portals.balancer().exclude(other);
    try {
      return device.withPassword(
          "wrong-" + portal,
          "restore",
          "--json",
          "--path",
          tree.toString(),
          "--target",
          temp.resolve("no").toString());
    } finally {
      portals.balancer().admit(other);
      portals.balancer().awaitServing(other);
    }
  }

  private static PageClient signedInAdministrator() throws Exception {
    return PageClient.signedIn(portals.stack(), company.people().named("admin"));
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

  private Path tree() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Random random = new Random(29);
    byte[] content = new byte[FILE_BYTES];
    for (int i = 0; i < FILES; i++) {
      random.nextBytes(content);
      Files.write(tree.resolve("file-" + i), content);
    }
    return tree;
  }
}
