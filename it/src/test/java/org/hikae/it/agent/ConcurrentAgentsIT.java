package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two devices of one employee at once, two runs of one device at once, and a run that is killed
 * again and again. Time budget: 60 seconds beside the system's start.
 */
@FullRunOnly
@Order(1) // takes minutes
class ConcurrentAgentsIT {

  private static final String PASSWORD = "nagareboshi-wo-miru-9";
  private static final int LARGE_BYTES = 40_000_000;
  private static final int MANY_BYTES = 60_000_000;

  /** A pack is closed once it has 8 MiB; its last chunk may have 4 MiB. */
  private static final long PACK_BYTES = 12L * 1024 * 1024;

  private static final int CONNECTIONS = 2;

  /** More than handshakes, sign-ins, headers and reports of all runs of this test. */
  private static final long TALK_BYTES = 400_000;

  private static final int LOCAL = 9;

  @TempDir private Path temp;
  private Stack stack;
  private TestAccount testAccount;

  @BeforeEach
  void employee() throws Exception {
    stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    testAccount = TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee();
  }

  /** A device that is still to opt in; what it does together with others is then {@code begun}. */
  private AgentDevice device(String name) throws IOException {
    return new AgentDevice(stack, temp.resolve("agents/" + name)).here();
  }

  @Test
  void two_devices_back_up_and_restore_at_once_each_the_other_s_too() throws Exception {
    AgentDevice first = device("first");
    first.login(testAccount);
    String digits = first.optIn("both", PASSWORD);
    AgentDevice second = device("second");
    second.login(testAccount);
    assertThat(second.withDigits(digits, "optin", "--json").exitCode()).isEqualTo(AgentResult.DONE);
    Path one = temp.resolve("one");
    AgentEdgeCaseTree.make(one);
    Path other = temp.resolve("other");
    assertThat(new ProcessBuilder("cp", "-a", one.toString(), other.toString()).start().waitFor())
        .isZero();
    Files.write(other.resolve("more"), ApiDevice.random(LARGE_BYTES));

    AgentDevice.RunningCommand firstBackup =
        first.begin("backup", "backup", "--json", one.toString());
    AgentDevice.RunningCommand secondBackup =
        second.begin("backup", "backup", "--json", other.toString());
    String ofOne = snapshot(firstBackup.ended());
    String ofOther = snapshot(secondBackup.ended());

    List<AgentDevice.RunningCommand> restores =
        List.of(
            first.begin("restore", restore(ofOther, other, "by-first")),
            second.begin("restore", restore(ofOne, one, "by-second")));
    for (AgentDevice.RunningCommand restore : restores) {
      AgentResult restored = restore.ended();
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    }
    AgentEdgeCaseTree.assertEqual(other, temp.resolve("by-first"));
    AgentEdgeCaseTree.assertEqual(one, temp.resolve("by-second"));
  }

  private String[] restore(String snapshot, Path tree, String target) {
    return new String[] {
      "restore",
      snapshot,
      "--json",
      "--path",
      tree.toString(),
      "--target",
      temp.resolve(target).toString()
    };
  }

  private static String snapshot(AgentResult backup) {
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    return backup.event("backup").path("snapshotId").asText();
  }

  @Test
  void of_the_same_command_twice_at_once_one_is_done_and_nothing_is_harmed() throws Exception {
    AgentDevice agent = device("twice");
    agent.login(testAccount);
    agent.optIn("digit-key", PASSWORD);
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Files.write(tree.resolve("file"), ApiDevice.random(LARGE_BYTES));
    String[] command = {"backup", "--json", tree.toString()};
    AgentDevice.RunningCommand one = agent.begin("one", command);
    AgentDevice.RunningCommand other = agent.begin("other", command);
    List<AgentResult> agentResult = List.of(one.ended(), other.ended());

    assertThat(agentResult)
        .as("%s", agentResult)
        .extracting(AgentResult::exitCode)
        .contains(AgentResult.DONE);
    for (AgentResult each : agentResult) {
      if (each.exitCode() != AgentResult.DONE) {
        assertThat(each.exitCode()).as("%s", each).isEqualTo(LOCAL);
        assertThat(each.event("error").path("code").asText()).isEqualTo("state.run-active");
      }
    }
    assertThat(agent.run(command).exitCode()).isEqualTo(AgentResult.DONE);
    AgentResult verified = agent.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s", verified).isEqualTo(AgentResult.DONE);
  }

  @Test
  void a_backup_that_is_killed_again_and_again_goes_on_where_it_was() throws Exception {
    try (CountingProxy proxy = new CountingProxy(stack.portalUrl())) {
      AgentDevice agent = device("killed").by(proxy.url());
      agent.login(testAccount);
      agent.optIn("digit-key", PASSWORD);
      Path tree = Files.createDirectory(temp.resolve("tree"));
      Files.write(tree.resolve("large"), ApiDevice.random(MANY_BYTES));
      String[] command = {"backup", "--json", tree.toString()};
      long before = proxy.sentBytes();
      long twice = 0;
      // In the handshakes, in the first packs, later, and shortly before the end.
      for (long bytes : new long[] {2_000, 6_000_000, 24_000_000, 20_000_000}) {
        long killed = twice;
        AgentDevice.RunningCommand run = begun(proxy, bytes, agent, command);
        assertThat(run.ended().exitCode()).isEqualTo(128 + 9);
        twice = proxy.sentBytes() - before - storedBytes(agent);
        assertThat(twice - killed)
            .as("killed after %s bytes", bytes)
            .isLessThan(CONNECTIONS * PACK_BYTES);
      }
      AgentResult done = agent.run(command);
      String snapshot = snapshot(done);
      assertThat(proxy.sentBytes() - before - storedBytes(agent))
          .as("the last run sends nothing that is stored")
          .isLessThan(twice + TALK_BYTES);
      AgentResult restored = agent.run(restore(snapshot, tree, "restored"));
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
      assertThat(temp.resolve("restored/large")).hasSameBinaryContentAs(tree.resolve("large"));
      assertThat(agent.run("verify", "--json").exitCode()).isEqualTo(AgentResult.DONE);
    }
  }

  private static AgentDevice.RunningCommand begun(
      CountingProxy proxy, long bytes, AgentDevice agent, String... command) throws Exception {
    var process = new java.util.concurrent.CompletableFuture<Process>();
    proxy.after(
        bytes,
        () -> {
          Process victim = process.join();
          victim.destroyForcibly();
          victim.onExit().join();
        });
    AgentDevice.RunningCommand run = agent.begin("killed", command);
    process.complete(run.process());
    return run;
  }

  /** What the portal keeps of the set, once nothing more is on its way into it. */
  private long storedBytes(AgentDevice agent)
      throws IOException, SQLException, InterruptedException {
    String sum =
        "select coalesce(sum(o.size_bytes), 0) from stored_object o"
            + " join repository r on r.repository_id = o.repository_id where r.set_id = ?";
    try (Connection connection = stack.db().asOwner();
        PreparedStatement query = connection.prepareStatement(sum)) {
      query.setString(1, agent.setId());
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }
}
