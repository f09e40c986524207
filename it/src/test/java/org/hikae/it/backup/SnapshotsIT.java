package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Snapshots are committed whole, in the order of their series, and others see nothing of them
 * (HK1-S-03, HK1-S-04, HK1-S-05, HK1-R-03). Time budget: 20 seconds for both databases beside the
 * systems' start.
 */
@EveryThirdRun
class SnapshotsIT {

  /** Of what depends on no SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final String SNAPSHOTS = "/v1/device/snapshots";
  private static final String ABSENT = "ab".repeat(32);

  private static ApiReply commit(ApiClient api, CommitSnapshot snapshot) {
    return api.json("POST", SNAPSHOTS, snapshot);
  }

  private static CommitSnapshot with(CommitSnapshot commit, List<String> added, String listHash) {
    return new CommitSnapshot(
        commit.setId(),
        commit.generation(),
        commit.sequence(),
        commit.previous(),
        commit.root(),
        listHash,
        added,
        commit.removed(),
        commit.files(),
        commit.plainBytes());
  }

  private static List<String> stored(OptedInEmployee optedInEmployee, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(ApiDevice.store(optedInEmployee.api(), ApiDevice.random(100)));
    }
    return names;
  }

  @ParameterizedTest
  @EachDatabase
  void commits_a_series_and_serves_stubs_and_lists(StackDatabase.Kind kind) throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(kind));
    List<String> packs = stored(optedInEmployee, 3);
    String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
    CommitSnapshot first = optedInEmployee.device().first(root, packs);
    ApiReply committed = commit(optedInEmployee.api(), first);
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);
    assertThat(committed.json().get("storedBytes").asLong()).isEqualTo(364);
    ApiReply again = commit(optedInEmployee.api(), first);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(committed.json());

    String pack = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(100));
    List<String> whole = new ArrayList<>(packs);
    whole.add(pack);
    CommitSnapshot second =
        optedInEmployee
            .device()
            .snapshot(2, committed.field("stubHash"), root, whole, List.of(pack));
    ApiReply next = commit(optedInEmployee.api(), second);
    assertThat(next.status()).as("%s", next).isEqualTo(201);

    ApiReply list =
        optedInEmployee.api().get(SNAPSHOTS + "/" + next.field("snapshotId") + "/objects");
    assertThat(list.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    Collections.sort(whole);
    assertThat(HexFormat.of().formatHex(list.body())).isEqualTo(String.join("", whole));
    assertThat(optedInEmployee.api().get(SNAPSHOTS + "/" + next.field("snapshotId")).json())
        .isEqualTo(next.json());
    JsonNode page = optedInEmployee.api().get(SNAPSHOTS + "?limit=1").json();
    assertThat(page.get("snapshots")).containsExactly(next.json());
    JsonNode rest =
        optedInEmployee.api().get(SNAPSHOTS + "?limit=1&after=" + page.get("next").asText()).json();
    assertThat(rest.get("snapshots")).containsExactly(committed.json());
    assertThat(rest.has("next")).isFalse();
    assertThat(optedInEmployee.api().get("/v1/device").json().at("/device/lastBackupAt").asText())
        .isNotEmpty();
  }

  @Test
  void refuses_missing_and_foreign_objects_alike_and_names_them() throws Exception {
    Stack stack = Stack.on(KIND);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    OptedInEmployee other = OptedInEmployee.optedIn(stack);
    String foreign = ApiDevice.store(other.api(), ApiDevice.random(50));
    String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
    String present = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(51));
    for (List<String> packs :
        List.of(List.of(ABSENT), List.of(foreign), List.of(foreign, ABSENT))) {
      List<String> listed = new ArrayList<>(packs);
      listed.add(present);
      ApiReply refused =
          commit(optedInEmployee.api(), optedInEmployee.device().first(root, listed));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("missing-objects");
      assertThat(refused.json().get("missing"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrderElementsOf(packs);
    }
    ApiReply noRoot =
        commit(optedInEmployee.api(), optedInEmployee.device().first(foreign, List.of()));
    assertThat(noRoot.json().get("missing")).extracting(JsonNode::asText).containsExactly(foreign);
    assertThat(optedInEmployee.api().get(SNAPSHOTS).json().get("snapshots")).isEmpty();
  }

  @Test
  void refuses_what_does_not_continue_the_series() throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(KIND));
    List<String> packs = stored(optedInEmployee, 1);
    String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
    String otherRoot = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(65));
    ApiDevice device = optedInEmployee.device();
    ApiReply early = commit(optedInEmployee.api(), device.snapshot(2, ABSENT, root, packs, packs));
    assertThat(early.code()).isEqualTo("series-conflict");
    ApiReply first = commit(optedInEmployee.api(), device.first(root, packs));
    String stub = first.field("stubHash");
    List<CommitSnapshot> wrong =
        List.of(
            device.first(otherRoot, packs),
            device.snapshot(2, ABSENT, root, packs, List.of()),
            device.snapshot(3, stub, root, packs, List.of()));
    for (CommitSnapshot commit : wrong) {
      ApiReply refused = commit(optedInEmployee.api(), commit);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("series-conflict");
    }
    assertThat(optedInEmployee.api().get(SNAPSHOTS).json().get("snapshots")).hasSize(1);
  }

  @Test
  void refuses_a_list_that_is_not_the_one_the_hash_says() throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(KIND));
    List<String> packs = stored(optedInEmployee, 2);
    String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
    CommitSnapshot good = optedInEmployee.device().first(root, packs);
    List<CommitSnapshot> bad =
        List.of(
            with(good, packs.subList(0, 1), good.listHash()),
            with(good, packs, ABSENT),
            with(good, List.of(packs.get(0), packs.get(1), packs.get(0)), good.listHash()));
    for (CommitSnapshot commit : bad) {
      ApiReply refused = commit(optedInEmployee.api(), commit);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("malformed");
    }
    assertThat(commit(optedInEmployee.api(), good).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @EachDatabase
  void lets_two_devices_commit_at_once_and_one_device_only_one_of_many(StackDatabase.Kind kind)
      throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(kind));
    OptedInEmployee.Sibling sibling = optedInEmployee.sibling("second");
    List<Future<ApiReply>> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 2; i++) {
        String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
        CommitSnapshot mine = optedInEmployee.device().first(root, List.of());
        // Its own key, the first device's set.
        CommitSnapshot others = sibling.device().first(root, List.of());
        CommitSnapshot theirs = ApiDevice.inSet(mine.setId(), others);
        answers.add(pool.submit(() -> committedOrRefused(optedInEmployee.api(), mine)));
        answers.add(pool.submit(() -> committedOrRefused(sibling.api(), theirs)));
      }
    }
    int committed = 0;
    for (Future<ApiReply> answer : answers) {
      ApiReply reply = answer.get();
      assertThat(reply.status()).as("%s", reply).isIn(201, 409);
      committed += reply.status() == 201 ? 1 : 0;
    }
    assertThat(committed).isEqualTo(2);
    JsonNode page = optedInEmployee.api().get(SNAPSHOTS).json().get("snapshots");
    assertThat(page).hasSize(2);
    assertThat(page)
        .extracting(snapshot -> snapshot.get("deviceId").asText())
        .containsExactlyInAnyOrder(optedInEmployee.device().id(), sibling.device().id());
  }

  /** Two commits of an employee are taken at a time; who is told to come back does. */
  private static ApiReply committedOrRefused(ApiClient api, CommitSnapshot snapshot)
      throws InterruptedException {
    return Await.until(() -> commit(api, snapshot), reply -> reply.status() != 503);
  }

  @Test
  void serves_snapshots_but_takes_none_after_the_opt_out() throws Exception {
    Stack stack = Stack.on(KIND);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    String root = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(64));
    ApiReply first = commit(optedInEmployee.api(), optedInEmployee.device().first(root, List.of()));
    optedInEmployee.withdraw(stack);
    CommitSnapshot second =
        optedInEmployee.device().snapshot(2, first.field("stubHash"), root, List.of(), List.of());
    assertThat(commit(optedInEmployee.api(), second).code()).isEqualTo("not-opted-in");
    assertThat(optedInEmployee.api().get(SNAPSHOTS).json().get("snapshots")).hasSize(1);
    String objects = SNAPSHOTS + "/" + first.field("snapshotId") + "/objects";
    assertThat(optedInEmployee.api().get(objects).status()).isEqualTo(200);
  }

  @Test
  void takes_reports_of_a_run_until_it_ends() throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(KIND));
    String path = "/v1/device/runs/" + "4e".repeat(16);
    Map<String, Object> running =
        Map.ofEntries(
            Map.entry("kind", "BACKUP"),
            Map.entry("result", "RUNNING"),
            Map.entry("startedAt", "2026-02-03T04:05:06.123456789Z"),
            Map.entry("agentVersion", "1.0.0"),
            Map.entry("filesDone", 1),
            Map.entry("filesFailed", 0),
            Map.entry("bytesRead", 10),
            Map.entry("bytesSent", 5),
            Map.entry("bytesReceived", 0),
            Map.entry("durationMillis", 3));
    Map<String, Object> ended = new java.util.HashMap<>(running);
    ended.put("result", "PARTIAL");
    ended.put("endedAt", "2026-02-03T05:05:06Z");
    Map<String, Object> unknown = new java.util.HashMap<>(ended);
    unknown.put("result", "FINE");
    assertThat(optedInEmployee.api().json("PUT", path, running).status()).isEqualTo(204);
    assertThat(optedInEmployee.api().json("PUT", path, running).status()).isEqualTo(204);
    assertThat(optedInEmployee.api().json("PUT", path, unknown).code()).isEqualTo("malformed");
    assertThat(optedInEmployee.api().json("PUT", path, ended).status()).isEqualTo(204);
    assertThat(optedInEmployee.api().json("PUT", path, ended).status()).isEqualTo(204);
    assertThat(optedInEmployee.api().json("PUT", path, running).code()).isEqualTo("conflict");
    ended.put("endedAt", "");
    assertThat(optedInEmployee.api().json("PUT", path, ended).code()).isEqualTo("malformed");
  }
}
