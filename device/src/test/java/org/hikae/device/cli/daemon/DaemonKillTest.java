package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.KillDuringTransfer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that stays, in a process of its own, and clients in this one. Budget: 15 s. */
@Timeout(300)
@EveryThirdRun
class DaemonKillTest extends FirstDeviceTestBase {

  private static final int LOCAL = 9;
  private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");

  private final List<Process> started = new ArrayList<>();
  private Path home;
  private Path socket;

  @BeforeEach
  void start() throws Exception {
    optInWithPassword();
    home = folder.resolve("first");
    socket = folder.resolve("run/agent.sock");
    Files.writeString(Files.createDirectories(home.resolve("tree")).resolve("letter"), "dear");
    AgentEnvironment here = device.environment();
    device.on(
        Map.of("HIKAE_SOCKET", socket.toString(), "HIKAE_MANAGED", "/dev/null"),
        here.clock(),
        here.pause(),
        here.computer());
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Returns when it takes clients in. */
  private Process daemon() throws Exception {
    ProcessBuilder builder = AgentProcess.of(home.resolve("hikae"), true, "daemon", "--lang", "en");
    builder.environment().put("HIKAE_SOCKET", socket.toString());
    builder.environment().remove("TZ");
    Process process = builder.start();
    started.add(process);
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    assertThat(line).startsWith("The agent stays");
    return process;
  }

  @Test
  void killed_in_the_middle_of_a_backup_it_leaves_all_in_order() throws Exception {
    Process victim = daemon();
    KillDuringTransfer watch =
        new KillDuringTransfer(
            new KillDuringTransfer.KillPoint() {
              @Override
              public void stored(KillDuringTransfer during, int bytes) throws IOException {
                during.kill();
              }
            });
    watch.victim(victim);
    companyFixture.company().watchedBy(watch);

    assertThat(device.asClient("backup", "tree")).as(device.out()).hasValue(LOCAL);
    assertThat(device.err()).contains("run the same command again");

    companyFixture.company().watchedBy(new FakeCompany.RequestListener() {});
    assertThat(socket).as("left by the killed one").exists();
    assertThat(device.asClient("backup", "tree")).as("nobody listens").isEmpty();
    assertThat(device.run("backup", "tree")).as(device.err()).isZero();

    daemon();
    Files.writeString(home.resolve("tree/letter"), "dear diary");
    assertThat(device.asClient("backup", "tree")).as(device.err()).hasValue(0);
  }

  /** As its units have systemd do: the agent is started by its first client, with the socket. */
  @Test
  void systemd_hands_its_socket_over_and_keeps_it() throws Exception {
    assumeTrue(Files.isExecutable(ACTIVATE), "systemd is not installed");
    ProcessBuilder agent = AgentProcess.of(home.resolve("hikae"), true, "daemon");
    List<String> command = new ArrayList<>(List.of(ACTIVATE.toString(), "--inetd"));
    for (String name : List.of("HIKAE_HOME", "HIKAE_MANAGED", "PATH")) {
      command.addAll(List.of("-E", name + "=" + agent.environment().get(name)));
    }
    command.addAll(List.of("-l", socket.toString()));
    command.addAll(agent.command());
    Files.createDirectory(socket.getParent());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(line).startsWith("Listening on");

    assertThat(device.asClient("backup", "tree")).as(device.err()).hasValue(0);
    assertThat(device.asClient("snapshots")).as(device.err()).hasValue(0);

    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(socket).as("systemd listens on").exists();
  }

  /** The dump has what is reachable; it is searched for the path of the home first, to see that. */
  @Test
  void between_two_commands_it_has_no_key_and_at_its_end_no_socket() throws Exception {
    Process process = daemon();
    assertThat(device.asClient("backup", "tree")).as(device.err()).hasValue(0);
    assertThat(device.asClient("ls", "latest")).as(device.err()).hasValue(0);
    UnlockedSet set = new StateFile(new AgentHome(home.resolve("hikae"))).require().set();
    assertThat(set).isNotNull();

    Path dump = folder.resolve("dump.hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.heap_dump",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    String memory = Files.readString(dump, StandardCharsets.ISO_8859_1);
    assertThat(memory.contains(home.toString())).as("what is reachable is found").isTrue();
    assertThat(memory.contains(set.key())).as("K as it is stored").isFalse();
    String raw = new String(Base64.getUrlDecoder().decode(set.key()), StandardCharsets.ISO_8859_1);
    assertThat(memory.contains(raw)).as("K itself").isFalse();

    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(socket).doesNotExist();
  }
}
