package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The daemon and a scheduled run as processes of their own. */
@Timeout(300)
@EveryThirdRun
class DaemonProcessTest extends FirstDeviceTestBase {

  private Path home;

  @BeforeEach
  void start() throws Exception {
    home = folder.resolve("first");
    assertThat(companyFixture.optsIn(device).exit()).as(device.err()).isZero();
    Files.writeString(Files.createDirectories(home.resolve("tree")).resolve("letter"), "dear");
    assertThat(device.run("schedule", "tree", "--on-battery", "--on-metered")).isZero();
  }

  private Process start(String... arguments) throws Exception {
    return AgentProcess.of(home.resolve("hikae"), true, arguments).start();
  }

  @Test
  void it_backs_up_and_ends_when_it_is_told_to() throws Exception {
    Process daemon = start("daemon", "--json");
    StringBuilder said = new StringBuilder();
    try (var out = daemon.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.contains("\"event\":\"scheduled\"")) {
        said.append(line).append('\n');
        line = out.readLine();
      }
      assertThat(line).as(said.toString()).contains("\"outcome\":\"TRIED\"");
      assertThat(said).contains("\"event\":\"backup\",\"result\":\"SUCCESS\"");
      daemon.destroy();
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).as("ends at SIGTERM").isTrue();
      assertThat(daemon.exitValue()).isEqualTo(143);
    } finally {
      daemon.destroyForcibly();
    }
    // Whatever it held is free again, and what it did is remembered.
    RunLock.take(new AgentHome(home.resolve("hikae"))).close();
    assertThat(Files.readString(home.resolve("hikae/schedule-runs.json")))
        .doesNotContain("\"doneAt\":0,");
  }

  @Test
  void a_run_beside_another_process_ends_quietly() throws Exception {
    try (RunLock lock = RunLock.take(new AgentHome(home.resolve("hikae")))) {
      assertThat(lock).isNotNull();
      Process second = start("backup", "--scheduled", "--json", "--lang", "en");
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).as(said).isZero();
      assertThat(said).contains("\"outcome\":\"BUSY\"", "Another run of hikae is at work");
    }
  }
}
