package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.restic.ResticReleases;
import org.hikae.it.restic.ResticTrees;
import org.hikae.it.stack.Ports;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent beside the unmodified restic of the operating system: a new device reads everything
 * with the employee's password or 64 digits alone (HK1-G-10, HK1-G-11), and a repository of
 * restic's own REST server is brought in (HK1-G-12). Time budget: 150 seconds beside the system's
 * start.
 */
@Order(1) // takes minutes
@FullRunOnly
class AgentResticIT {

  private static final String PASSWORD = "yamabiko-ga-kotaeru-asa-5";
  private static final String OWN = "the repository's own password";
  private static final long LIMIT_SECONDS = 180;

  @TempDir private Path temp;
  private Stack stack;
  private TestAccount testAccount;

  @BeforeEach
  void employee() throws Exception {
    stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    testAccount = TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee();
  }

  private AgentDevice signedIn(String name) throws IOException, InterruptedException {
    AgentDevice agent = new AgentDevice(stack, temp.resolve("agents/" + name)).quick().here();
    agent.login(testAccount);
    return agent;
  }

  private Path tree(int files, int bytesOfEach) throws Exception {
    return ResticTrees.make(temp.resolve("tree"), files, bytesOfEach);
  }

  /** In a process: restic writes where the agent does. */
  private AgentResult restic(AgentDevice agent, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("restic", "run", "--"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--cache-dir", temp.resolve("cache").toString()));
    return agent.begin("restic", all.toArray(new String[0])).ended();
  }

  private static AgentResult done(AgentResult agentResult) {
    assertThat(agentResult.exitCode()).as("%s", agentResult).isEqualTo(AgentResult.DONE);
    return agentResult;
  }

  /** restic's exit code where there is no repository: 10, and before its version 0.17 1. */
  private int endsWithoutRepository() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("restic", "--no-cache", "--repo", temp + "/none", "snapshots")
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("restic.log").toFile());
    builder.environment().put("RESTIC_PASSWORD", OWN);
    Process restic = builder.start();
    assertThat(restic.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(restic.exitValue()).isIn(1, 10);
    return restic.exitValue();
  }

  private void assertRestores(AgentDevice agent, Path tree, String target) throws Exception {
    Path back = temp.resolve(target);
    done(restic(agent, "restore", "latest", "--target", back.toString()));
    ResticTrees.assertRestored(tree, back);
  }

  @Test
  void a_new_device_restores_with_the_password_alone() throws Exception {
    AgentDevice first = signedIn("first");
    first.optIn("password", PASSWORD);
    done(first.run("restic", "setup", "--json"));
    Path tree = tree(5, 300_000);
    done(restic(first, "init"));
    done(restic(first, "backup", tree.toString()));
    AgentDevice second = signedIn("second");
    assertThat(second.run("restic", "password").exitCode()).as("not unlocked").isNotZero();
    assertThat(done(second.withPassword(PASSWORD, "restic", "password")).out())
        .isEqualTo(done(first.run("restic", "password")).out());
    assertRestores(second, tree, "second-back");
  }

  @Test
  void a_new_device_restores_with_the_digits_alone_and_the_password_is_kept_nowhere()
      throws Exception {
    AgentDevice first = signedIn("first");
    String digits = first.optIn("digit-key", PASSWORD);
    done(first.run("restic", "setup", "--json"));
    assertThat(done(first.run("restic", "setup", "--json")).out())
        .contains("\"credential\":\"KEPT\"", "\"password\":\"KEPT\"");
    Path tree = tree(5, 300_000);
    assertThat(restic(first, "snapshots").exitCode())
        .as("restic's own")
        .isEqualTo(endsWithoutRepository());
    done(restic(first, "init"));
    done(restic(first, "backup", tree.toString()));
    assertThat(done(restic(first, "snapshots", "--json")).out()).contains("\"short_id\"");
    assertRestores(first, tree, "first-back");
    String password = done(first.run("restic", "password")).out();

    AgentDevice third = signedIn("third");
    assertThat(done(third.withDigits(digits, "restic", "password")).out()).isEqualTo(password);
    assertRestores(third, tree, "third-back");
    done(third.run("restic", "setup"));
    assertThat(done(third.run("restic", "password", "--of", "first")).out()).isEqualTo(password);
    assertThat(done(third.run("restic", "password")).out()).isNotEqualTo(password);
    assertThat(Files.readString(first.home().resolve("secrets.json")))
        .as("restic's password itself is kept nowhere")
        .doesNotContain(password.strip());
  }

  @Test
  void restic_of_other_releases_gets_all_it_needs() throws Exception {
    Path tree = tree(3, 100_000);
    for (Path program : ResticReleases.programs()) {
      String version = program.subpath(program.getNameCount() - 4, program.getNameCount() - 3) + "";
      AgentDevice agent = signedIn(version).findingFirst(program.getParent());
      agent.optIn("password", PASSWORD);
      done(agent.run("restic", "setup"));
      assertThat(done(restic(agent, "version")).out()).contains("restic " + version);
      done(restic(agent, "init"));
      done(restic(agent, "backup", tree.toString()));
      assertRestores(agent, tree, version);
      testAccount = TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee();
    }
  }

  @Test
  void a_repository_of_restic_s_own_server_comes_in_and_restores() throws Exception {
    Path old = temp.resolve("old");
    Path tree = tree(48, 1_000_000);
    try (RestServer server = new RestServer(old)) {
      server.restic("init");
      server.restic("backup", tree.toString());
      Files.delete(tree.resolve(ResticTrees.FOLDER).resolve("file-3"));
      server.restic("backup", tree.toString());
    }
    AgentDevice agent = signedIn("moves");
    agent.optIn("password", PASSWORD);

    AgentDevice.RunningCommand cut =
        agent.begin("cut", "restic", "import", old.toString(), "--json", "--limit-upload", "4M");
    while (number(agent, "DATA") < 2) {
      assertThat(cut.process().isAlive()).as("still sending").isTrue();
      cut.process().waitFor(50, TimeUnit.MILLISECONDS);
    }
    cut.process().destroyForcibly().waitFor();
    assertThat(number(agent, "SNAPSHOTS")).as("shown before all is there").isZero();

    AgentResult whole = done(agent.run("restic", "import", old.toString(), "--json"));
    assertThat(whole.event("resticImport").path("there").asLong()).isPositive();
    assertThat(whole.event("resticImport").path("sent").asLong()).isPositive();
    AgentResult again = done(agent.run("restic", "import", old.toString(), "--json"));
    assertThat(again.event("resticImport").path("sent").asLong()).isZero();
    done(agent.with("--own-password-fd", OWN, "restic", "setup"));
    assertThat(done(restic(agent, "snapshots", "--json")).out()).contains("short_id");
    done(restic(agent, "check", "--read-data"));
    assertRestores(agent, tree, "moved-back");
    assertThat(number(agent, "SNAPSHOTS")).isEqualTo(2);
  }

  @Test
  void a_repository_with_the_largest_packs_comes_in_and_restores() throws Exception {
    Path old = temp.resolve("old");
    Path tree = tree(2, 30_000_000);
    restic(old.toString(), "init");
    restic(old.toString(), "backup", "--pack-size", "128", tree.toString());
    AgentDevice agent = signedIn("large");
    agent.optIn("password", PASSWORD);
    AgentResult whole = done(agent.run("restic", "import", old.toString(), "--json"));
    assertThat(whole.event("resticImport").path("sentBytes").asLong()).isGreaterThan(60_000_000);
    assertThat(number(agent, "DATA")).as("few and large").isLessThan(4);
    done(agent.with("--own-password-fd", OWN, "restic", "setup"));
    done(restic(agent, "check", "--read-data"));
    assertRestores(agent, tree, "large-back");
  }

  /** Objects of a type that the portal has in the repositories of the agent's set. */
  private long number(AgentDevice agent, String type) throws Exception {
    String count =
        "select count(*) from restic_object o join repository r on r.repository_id ="
            + " o.repository_id where o.type = ? and r.set_id = ?";
    try (Connection connection = stack.db().asOwner();
        PreparedStatement query = connection.prepareStatement(count)) {
      query.setString(1, type);
      query.setString(2, agent.setId());
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }

  /** Runs restic on a repository elsewhere. */
  private void restic(String repository, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of(arguments));
    Path said = temp.resolve("restic.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("RESTIC_REPOSITORY", repository);
    builder.environment().put("RESTIC_PASSWORD", OWN);
    Process restic = builder.start();
    assertThat(restic.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(restic.exitValue()).as("%s", Files.readString(said)).isZero();
  }

  /** restic's own REST server on a port of this computer, and restic on it. */
  private final class RestServer implements AutoCloseable {

    private final Process process;
    private final int port;

    RestServer(Path folder) throws Exception {
      port = Ports.free(1).getFirst();
      process =
          new ProcessBuilder(
                  "restic-rest-server",
                  "--path",
                  folder.toString(),
                  "--no-auth",
                  "--listen",
                  "127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(temp.resolve("server.log").toFile())
              .start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!answers()) {
        assertThat(process.isAlive() && System.nanoTime() < deadline)
            .as("%s", Files.readString(temp.resolve("server.log")))
            .isTrue();
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }

    private boolean answers() {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    void restic(String... arguments) throws Exception {
      AgentResticIT.this.restic("rest:http://127.0.0.1:" + port + "/", arguments);
    }

    @Override
    public void close() {
      process.destroy();
      assertThat(process.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }
  }
}
