package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.http.FakeSleeper;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the agent that stays is started by systemd, and when it ends by itself. */
@Timeout(60)
class DaemonCommandTest {

  private static final int USAGE = 2;
  private static final int REFUSED = 6;
  private static final int LOCAL = 9;

  @TempDir private Path folder;
  private final FakeProgramRunner programs = new FakeProgramRunner();
  private final FakeSleeper sleeper = new FakeSleeper();
  private AgentHarness device;
  private Path units;

  @BeforeEach
  void start() {
    device = AgentHarness.in(folder, Map.of());
    device.on(
        Map.of(
            "HIKAE_PROGRAM",
            "/opt/hikae/bin/hikae",
            "HIKAE_SOCKET",
            folder.resolve("run/agent.sock").toString()),
        Clock.systemUTC(),
        sleeper,
        new HostComputer(programs, folder.resolve("power"), false));
    units = folder.resolve(".config/systemd/user");
  }

  @Test
  void systemd_is_told_to_start_it_and_told_otherwise() throws Exception {
    programs.answer("systemctl --user", 0, "");
    assertThat(device.run("daemon", "--enable", "--end-after", "30")).as(device.err()).isZero();
    assertThat(Files.readString(units.resolve("hikae-agent.service")))
        .contains("ExecStart=:\"/opt/hikae/bin/hikae\" \"daemon\" \"--end-after\" \"30\"\n")
        .contains("Environment=\"HIKAE_HOME=" + folder.resolve("hikae") + "\"\n");
    assertThat(units.resolve("hikae-agent.socket")).exists();

    assertThat(device.run("daemon", "--disable", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("{\"event\":\"daemon\",\"enabled\":false}");
    assertThat(units).isEmptyDirectory();
  }

  @Test
  void without_a_systemd_that_answers_nothing_is_written() {
    assertThat(device.run("daemon", "--enable")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("hikae daemon when you log in");
    assertThat(units).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--enable --disable",
        "--end-after 0",
        "--end-after 10081",
        "--disable --end-after 5"
      })
  void what_makes_no_sense_is_refused(String options) {
    assertThat(device.run(("daemon " + options).split(" ", -1))).isEqualTo(USAGE);
  }

  @Test
  void it_ends_by_itself_when_it_had_nothing_to_do_for_as_long_as_it_was_told() {
    assertThat(device.run("daemon", "--end-after", "5")).as(device.err()).isZero();
    assertThat(sleeper.passed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(7));
    assertThat(device.out()).contains("The agent has ended.");
    assertThat(folder.resolve("run/agent.sock")).doesNotExist();
  }

  @Test
  void where_others_could_reach_its_socket_it_does_not_stay() throws Exception {
    Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(
        folder.resolve("run"), PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(device.run("daemon")).isEqualTo(LOCAL);
    assertThat(device.err()).contains(folder.resolve("run").toString());
  }
}
