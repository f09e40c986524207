package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.PatroniCluster;
import org.hikae.it.stack.Stack;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The primary of three PostgreSQL under Patroni is killed in the middle of puts and of a backup.
 * Time budget: 180 seconds beside the start of the systems.
 */
@FullRunOnly
@Isolated // it measures how long the portal is away
class DatabaseFailoverIT {

  private static final String PASSWORD = "hotaru-no-hikari-mado-no-yuki-5";

  /** What issue and guide promise. */
  private static final Duration AWAY = Duration.ofSeconds(30);

  private static final int ROUNDS = 2;
  private static final int PUTS = 20;
  private static final int FILE_BYTES = 3_000_000;
  private static final Pattern CHECK =
      Pattern.compile("\"hikae.usable.PostgreSQL\" value=\"([^\"]+)\"");

  private static PatroniCluster cluster;
  private static Stack stack;

  @TempDir private Path temp;

  @BeforeAll
  static void open() throws Exception {
    Path folder = BuildOutput.root().resolve("it/target/failover");
    ChangingTree.remove(folder);
    cluster = PatroniCluster.start(folder);
    stack = Stack.beside("failover", cluster.database(), Map.of());
  }

  @AfterAll
  static void end() throws Exception {
    if (stack != null) {
      stack.stopPortal();
      stack.vault().stop();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void a_primary_that_is_gone_delays_for_seconds_and_loses_nothing() throws Exception {
    TestCompany company = TestCompany.of(stack);
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "puts");
    ApiClient session = device.session();
    device.optIn(session);
    Path tree = Files.createDirectories(temp.resolve("tree"));
    try (CountingProxy proxy = new CountingProxy(stack.portalUrl());
        ContinuousPuts puts = ContinuousPuts.begin(session)) {
      AgentDevice agent = new AgentDevice(stack, temp.resolve("device")).by(proxy.url()).quick();
      agent.login(company.employee());
      agent.optIn("both", PASSWORD);
      for (int round = 1; round <= ROUNDS; round++) {
        puts.awaitMore(PUTS);
        backUpDespiteKill(agent, proxy, tree, round);
        puts.awaitMore(PUTS);
      }
      int all = puts.requireAll();
      requireRestored(agent, tree);
      Duration away = puts.longestPause();
      System.out.println(
          all + " puts acknowledged, none for " + away.toMillis() + " ms at the longest");
      assertThat(away).isGreaterThan(Duration.ofSeconds(1)).isLessThanOrEqualTo(AWAY);
    }
  }

  /** The member that was killed comes back and follows before this ends. */
  private static void backUpDespiteKill(
      AgentDevice agent, CountingProxy proxy, Path tree, int round) throws Exception {
    byte[] content = new byte[FILE_BYTES];
    new Random(round).nextBytes(content);
    Files.write(tree.resolve("file-" + round), content);
    int before = cluster.primary();
    AtomicInteger killed = new AtomicInteger(-1);
    proxy.after(
        FILE_BYTES / 2,
        () -> {
          kill(before);
          killed.set(before);
        });
    AgentResult backup = agent.run("backup", "--json", tree.toString());
    assertThat(killed).hasValue(before);
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    assertThat(cluster.primary()).isNotEqualTo(before);
    try (Connection balanced = cluster.connectBalanced()) {
      assertThat(first(balanced, "select pg_is_in_recovery()")).isEqualTo("f");
    }
    cluster.startAgain(before);
    cluster.awaitWhole();
  }

  private void requireRestored(AgentDevice agent, Path tree) throws Exception {
    Path back = temp.resolve("back");
    AgentResult restored =
        agent.run("restore", "--json", "--path", tree.toString(), "--target", back.toString());
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    for (int round = 1; round <= ROUNDS; round++) {
      assertThat(back.resolve("file-" + round))
          .hasSameBinaryContentAs(tree.resolve("file-" + round));
    }
  }

  private static void kill(int member) {
    try {
      cluster.kill(member);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the pool asks a connection before it gives it to somebody. */
  @Test
  void the_pool_keeps_a_connection_to_the_primary_and_none_to_a_standby() throws Exception {
    Matcher check =
        CHECK.matcher(
            Files.readString(
                BuildOutput.root()
                    .resolve("ear/target/server/standalone/configuration/standalone.xml")));
    assertThat(check.find()).isTrue();
    int primary = cluster.primary();
    try (Connection writable = cluster.connect(primary);
        Connection standby = cluster.connect((primary + 1) % PatroniCluster.MEMBERS)) {
      assertThat(first(writable, check.group(1))).isEqualTo("1");
      assertThatThrownBy(() -> first(standby, check.group(1))).isInstanceOf(SQLException.class);
    }
  }

  private static String first(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
