package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.files.OtherProcessLock;
import org.hikae.device.state.AgentHome;
import org.hikae.device.window.WindowClient.WindowReply;
import org.hikae.device.window.WindowLimits;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong around a window: each time a sentence with a way on, and the window stays. */
@EveryThirdRun
class WindowTroubleTest extends WindowDialogTestBase {

  private AgentWindow other;

  @AfterEach
  void closeTheOther() {
    if (other != null) {
      other.close();
    }
  }

  private String failure(String operation) throws IOException {
    WindowReply reply = page.reply(operation, "{}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    return reply.body();
  }

  private String folders() throws Exception {
    return json(Map.of("folders", List.of(tree.toString())));
  }

  private JsonNode backUp() throws Exception {
    page.ask("back-up", folders());
    return page.ended();
  }

  @Test
  void two_windows_at_once_stand_side_by_side_and_one_run_waits_for_the_other() throws Exception {
    open(optedIn("first"));
    other = AgentWindow.open(device.environment(), "en", WindowLimits.STANDARD);
    assertThat(other.linkFile()).isNotEqualTo(window.linkFile());
    WindowPage second = WindowPage.open(other, "en");
    CountDownLatch goesOn = new CountDownLatch(1);
    CountDownLatch atWork = new CountDownLatch(1);
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public void done(String request, byte[] body) throws IOException {
            if (request.startsWith("PUT /api/v1/device/runs/") && goesOn.getCount() > 0) {
              atWork.countDown();
              try {
                assertThat(goesOn.await(1, TimeUnit.MINUTES)).isTrue();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
          }
        });
    page.ask("back-up", folders());
    assertThat(atWork.await(1, TimeUnit.MINUTES)).isTrue();
    second.ask("back-up", folders());
    JsonNode refused = second.ended();
    assertThat(refused.get("failure").get("code").textValue()).isEqualTo("state.run-active");
    assertThat(refused.get("failure").get("message").textValue()).contains("Wait until it has");
    goesOn.countDown();
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    second.ask("refresh", "{}");
    assertThat(second.ask("timeline", "{}").get("snapshots")).hasSize(1);
    for (WindowPage each : List.of(page, second)) {
      assertThat(each.ask("search", json(Map.of("text", "letter"))).get("hits")).hasSize(1);
    }
  }

  @Test
  void while_another_process_reads_names_a_search_says_what_was_read_before() throws Exception {
    open(optedIn("first"));
    backUp();
    assertThat(page.ask("names", "{}").get("searched").intValue()).isEqualTo(1);
    backUp();
    Path lock =
        AgentHome.of(device.environment().environment(), device.environment().userHome())
            .cacheFolder()
            .resolve("names/lock");
    try (OtherProcessLock _ = OtherProcessLock.hold(lock)) {
      JsonNode ahead = page.ask("names", "{}");
      assertThat(ahead.get("searched").intValue()).isEqualTo(1);
      assertThat(ahead.get("snapshots").intValue()).isEqualTo(2);
      JsonNode found = page.ask("search", json(Map.of("text", "letter")));
      assertThat(found.get("hits")).hasSize(1);
      assertThat(found.get("notes").toString()).contains("Another search");
    }
    JsonNode found = page.ask("search", json(Map.of("text", "letter")));
    assertThat(found.get("searched").intValue()).isEqualTo(2);
    assertThat(found.get("notes")).isEmpty();
  }

  @Test
  void names_are_looked_through_before_anybody_searches_and_damage_is_mended_then()
      throws Exception {
    open(optedIn("first"));
    backUp();
    page.ask("names", "{}");
    Path names =
        AgentHome.of(device.environment().environment(), device.environment().userHome())
            .cacheFolder()
            .resolve("names");
    Path index;
    try (Stream<Path> files = Files.list(names)) {
      index = files.filter(file -> file.toString().endsWith(".index")).findAny().orElseThrow();
    }
    // What only a search that finds something opens.
    byte[] damaged = Files.readAllBytes(index);
    damaged[damaged.length - 1] ^= 1;
    Files.write(index, damaged);
    page.ask("names", "{}");
    assertThat(Files.readAllBytes(index)).as("once for what was read").isEqualTo(damaged);
    page.ask("refresh", "{}");
    page.ask("names", "{}");
    assertThat(Files.readAllBytes(index)).isNotEqualTo(damaged);
  }

  @Test
  void a_manifest_that_cannot_be_read_is_said_each_time_and_read_once() throws Exception {
    open(optedIn("first"));
    backUp();
    backUp();
    device.losesCopies();
    Set<String> roots =
        company.store().committed().stream().map(SnapshotView::root).collect(Collectors.toSet());
    for (Hash256 each : List.copyOf(company.store().objects().keySet())) {
      if (!roots.contains(each.toString())) {
        company.store().rot(each);
      }
    }
    page.ask("refresh", "{}");
    JsonNode ahead = page.ask("names", "{}");
    while (ahead.get("searched").intValue() < 2) {
      JsonNode next = page.ask("names", "{}");
      assertThat(next.get("searched").intValue()).isGreaterThan(ahead.get("searched").intValue());
      ahead = next;
    }
    assertThat(ahead.get("notes").toString()).contains("cannot be read");
    int before = company.requests().size();
    assertThat(page.ask("search", json(Map.of("text", "letter"))).get("notes"))
        .isEqualTo(ahead.get("notes"));
    assertThat(company.requests().subList(before, company.requests().size()))
        .as("what cannot be read is not asked for again")
        .noneMatch(request -> request.startsWith("GET /api/v1/device/objects/"));
  }

  @Test
  void whose_sign_in_has_ended_signs_in_in_the_window_and_goes_on() throws Exception {
    open(optedIn("first"));
    backUp();
    company.signOn().exchangesOfflineTokens();
    window.close();
    window = AgentWindow.open(device.newProcess(), "en", WindowLimits.STANDARD);
    page = WindowPage.open(window, "en");
    assertThat(failure("timeline")).contains("login.again");
    assertThat(backUp().get("failure").get("code").textValue()).isEqualTo("login.again");
    assertThat(result(begin("SIGN_IN"))).as("at the address that is known").isEqualTo("SUCCESS");
    assertThat(page.ask("timeline", "{}").get("snapshots")).hasSize(1);
    assertThat(backUp().get("result").textValue()).isEqualTo("SUCCESS");
  }

  @Test
  void without_a_portal_each_page_says_so_and_the_window_stays() throws Exception {
    open(optedIn("first"));
    backUp();
    company.close();
    page.ask("refresh", "{}");
    for (String operation : List.of("verdict", "timeline", "names")) {
      assertThat(failure(operation)).as(operation).contains("network.unreachable", "nothing is");
    }
    assertThat(result(begin("STATUS"))).contains("NETWORK");
    assertThat(backUp().get("result").textValue()).isEqualTo("NETWORK");
    assertThat(page.ask("source", "{}").get("policyKnown").booleanValue()).isFalse();
  }

  @Test
  void a_device_that_was_revoked_meanwhile_says_so_and_whom_to_ask() throws Exception {
    open(optedIn("first"));
    backUp();
    company.listed().areRevokedNow();
    page.ask("refresh", "{}");
    assertThat(failure("timeline")).contains("problem.device-revoked", "ask your IT");
    assertThat(backUp().get("failure").get("code").textValue()).isEqualTo("problem.device-revoked");
  }
}
