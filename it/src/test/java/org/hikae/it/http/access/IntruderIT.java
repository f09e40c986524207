package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.maintenance.MaintenanceProbe;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The intruder exercise (HK1-H-02): who has nothing but the credential of a device tries everything
 * that the API offers, while the nightly work runs every second; afterwards every earlier snapshot
 * restores. Time budget: 90 seconds beside the system's start.
 */
@FullRunOnly
@Isolated // collects what others have only just sent
class IntruderIT {

  private static final String PASSWORD = "hoshi-no-nai-yoru-4";
  private static final int FILE_BYTES = 300_000;
  private static final int SNAPSHOTS = 3;
  private static final int JUNK_COMMITS = 40;
  private static final int NIGHTS = 5;

  private static final byte[] EMPTY_JSON = {'{', '}'};

  @TempDir private Path temp;

  @Test
  void with_a_device_credential_alone_nothing_is_destroyed() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    TestAccount testAccount = company.employee();
    AgentDevice agent = new AgentDevice(stack, temp.resolve("victim")).here();
    agent.login(testAccount);
    agent.optIn("digit-key", PASSWORD);
    Map<String, Path> versions = backUp(agent);

    ApiDevice thief = ApiDevice.enrol(company.agentOf(testAccount), "thief");
    ApiClient session = thief.session();
    List<String> setIds = new ArrayList<>();
    session
        .get("/v1/device/snapshots")
        .json()
        .get("snapshots")
        .forEach(view -> setIds.add(view.get("setId").asText()));
    List<String> objects = objectsOf(session, versions.keySet());
    MaintenanceProbe.forgetWhoWorked(stack.db());
    try (AutoCloseable _ =
        stack.portalBeside(Map.of("HIKAE_NIGHTLY", "PT0.2S", "HIKAE_COLLECT_GRACE", "PT2S"))) {
      tryEveryOperation(session, versions.keySet(), objects);
      releaseAll(session, versions.keySet());
      floodWithSnapshots(thief, session, setIds.getFirst());
      awaitNights(stack, NIGHTS);
      tryEveryOperation(session, versions.keySet(), objects);
      awaitNights(stack, NIGHTS);
    }

    for (Map.Entry<String, Path> version : versions.entrySet()) {
      Path target = temp.resolve("restored-" + version.getKey());
      AgentResult restored =
          agent.run(
              "restore",
              version.getKey(),
              "--json",
              "--path",
              temp.resolve("tree").toString(),
              "--target",
              target.toString());
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
      assertThat(target.resolve("file")).hasSameBinaryContentAs(version.getValue());
    }
    for (String released : versions.keySet().stream().limit(SNAPSHOTS - 1).toList()) {
      AgentResult back = agent.run("release", "--undo", released, "--json");
      assertThat(back.exitCode()).as("%s", back).isEqualTo(AgentResult.DONE);
      assertThat(back.event("release").path("state").asText()).isEqualTo("KEPT");
    }
    assertThat(noticesOf(stack, testAccount))
        .as("the employee hears of each")
        .isGreaterThanOrEqualTo(SNAPSHOTS - 1);
  }

  /** Snapshots of one file in three versions, and a copy of each version. */
  private Map<String, Path> backUp(AgentDevice agent) throws Exception {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Map<String, Path> versions = new LinkedHashMap<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      byte[] bytes = ApiDevice.random(FILE_BYTES);
      Files.write(tree.resolve("file"), bytes);
      Path copy = Files.write(temp.resolve("version-" + i), bytes);
      AgentResult backup = agent.run("backup", "--json", tree.toString());
      assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
      versions.put(backup.event("backup").path("snapshotId").asText(), copy);
    }
    return versions;
  }

  private static List<String> objectsOf(ApiClient session, Iterable<String> snapshots) {
    List<String> names = new ArrayList<>();
    for (String snapshot : snapshots) {
      byte[] list = session.get("/v1/device/snapshots/" + snapshot + "/objects").body();
      for (int at = 0; at < list.length; at += 32) {
        names.add(java.util.HexFormat.of().formatHex(list, at, at + 32));
      }
      names.add(session.get("/v1/device/snapshots/" + snapshot).field("root"));
    }
    return names.stream().distinct().toList();
  }

  /** Every path of the device's API with every method, on every snapshot and object there is. */
  private static void tryEveryOperation(
      ApiClient session, Iterable<String> snapshots, List<String> objects) {
    for (OperationAccess operationAccess : OperationAccess.all()) {
      if (!operationAccess.underDevice()) {
        continue;
      }
      for (String path : targets(operationAccess.path(), snapshots, objects)) {
        for (String method : List.of("DELETE", "PUT", "POST", "PATCH")) {
          ApiReply reply = session.send(method, path, "application/json", EMPTY_JSON);
          assertThat(reply.status()).as("%s %s: %s", method, path, reply).isNotEqualTo(500);
          ApiReply bytes = session.bytes(method, path, new byte[] {1, 2, 3});
          assertThat(bytes.status()).as("%s %s: %s", method, path, bytes).isNotEqualTo(500);
        }
      }
    }
  }

  private static List<String> targets(
      String path, Iterable<String> snapshots, List<String> objects) {
    List<String> targets = new ArrayList<>(List.of(path));
    if (path.contains("/objects/") && !path.endsWith("/missing")) {
      objects.forEach(name -> targets.add("/v1/device/objects/" + name));
    } else if (path.contains("/snapshots/")) {
      snapshots.forEach(
          id -> targets.add(path.replaceFirst("/snapshots/[0-9a-f]+", "/snapshots/" + id)));
    }
    return targets;
  }

  private static void releaseAll(ApiClient session, Iterable<String> snapshots) {
    for (String snapshot : snapshots) {
      ApiReply reply =
          session.send("POST", "/v1/device/snapshots/" + snapshot + "/release", null, null);
      assertThat(reply.status()).as("%s", reply).isIn(200, 409);
    }
  }

  /** So many new snapshots that the rules might drop the old ones. */
  private static void floodWithSnapshots(ApiDevice thief, ApiClient session, String setId) {
    String root = ApiDevice.store(session, ApiDevice.random(64));
    String previous = "0".repeat(64);
    for (int i = 1; i <= JUNK_COMMITS; i++) {
      ApiReply reply =
          session.json(
              "POST",
              "/v1/device/snapshots",
              ApiDevice.inSet(setId, thief.snapshot(i, previous, root, List.of(), List.of())));
      assertThat(reply.status()).as("%s", reply).isEqualTo(201);
      previous = reply.field("stubHash");
    }
  }

  /** Waits until the nightly work was begun so many times more. */
  private static void awaitNights(Stack stack, int count) throws Exception {
    String last = "";
    int seen = 0;
    long deadline = System.nanoTime() + java.time.Duration.ofMinutes(1).toNanos();
    while (seen <= count) {
      assertThat(System.nanoTime()).as("nights passed: %s", seen).isLessThan(deadline);
      String started = text(stack, "select cast(started_at as varchar) from housekeeping");
      seen += started.equals(last) ? 0 : 1;
      last = started;
      Thread.sleep(100);
    }
  }

  private static long noticesOf(Stack stack, TestAccount testAccount) throws Exception {
    return Long.parseLong(
        text(
            stack,
            "select cast(count(*) as varchar) from notice n join employee e"
                + " on e.employee_id = n.employee_id where n.kind = 'snapshot.released'"
                + " and e.subject = '"
                + testAccount.id()
                + "'"));
  }

  private static String text(Stack stack, String query) throws Exception {
    try (Connection connection = stack.db().asApplication();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
