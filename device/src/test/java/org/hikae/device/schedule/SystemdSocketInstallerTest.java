package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units by which systemd starts the agent that stays. */
class SystemdSocketInstallerTest {

  @TempDir private Path folder;
  private final FakeProgramRunner programs = new FakeProgramRunner();
  private SystemdSocketInstaller installer;
  private Path units;

  @BeforeEach
  void start() {
    programs.answer("systemctl --user", 0, "");
    installer = new SystemdSocketInstaller(Map.of(), folder.toString(), programs);
    units = folder.resolve(".config/systemd/user");
  }

  private List<String> lines() {
    return programs.commands().stream().map(line -> String.join(" ", line)).toList();
  }

  @Test
  void both_units_are_written_and_systemd_listens() throws Exception {
    installer.install(
        List.of("/opt/hikae/bin/hikae", "daemon", "--end-after", "30"),
        Map.of("HIKAE_HOME", "/home/ann/h"),
        "0027");

    assertThat(units.resolve("hikae-agent.service"))
        .hasContent(
            """
            # Written by hikae daemon --enable, which replaces it; hikae daemon --disable deletes it.
            [Unit]
            Description=Hikae agent

            [Service]
            Environment="HIKAE_HOME=/home/ann/h"
            ExecStart=:"/opt/hikae/bin/hikae" "daemon" "--end-after" "30"
            StandardInput=socket
            StandardOutput=journal
            StandardError=journal
            UMask=0027
            LimitCORE=0
            SuccessExitStatus=143
            TimeoutStopSec=40
            """);
    assertThat(units.resolve("hikae-agent.socket"))
        .hasContent(
            """
            # Written by hikae daemon --enable, which replaces it; hikae daemon --disable deletes it.
            [Unit]
            Description=Socket of the Hikae agent

            [Socket]
            ListenStream=%t/hikae/agent.sock
            SocketMode=0600
            DirectoryMode=0700

            [Install]
            WantedBy=sockets.target
            """);
    assertThat(lines())
        .containsExactly(
            "systemctl --user daemon-reload",
            "systemctl --user enable hikae-agent.socket",
            "systemctl --user stop hikae-agent.service",
            "systemctl --user restart hikae-agent.socket");
  }

  @Test
  void removing_leaves_nothing_behind_and_may_be_repeated() throws Exception {
    installer.install(List.of("/opt/hikae"), Map.of(), "0022");
    Files.createDirectories(units.resolve("sockets.target.wants"));
    Files.createSymbolicLink(
        units.resolve("sockets.target.wants/hikae-agent.socket"),
        units.resolve("hikae-agent.socket"));
    programs.commands().clear();

    installer.remove();

    try (Stream<Path> left = Files.walk(units)) {
      assertThat(left.filter(p -> !Files.isDirectory(p))).isEmpty();
    }
    assertThat(lines())
        .containsExactly(
            "systemctl --user show --property=Version",
            "systemctl --user disable --now hikae-agent.socket",
            "systemctl --user stop hikae-agent.service",
            "systemctl --user daemon-reload");
    programs.commands().clear();
    installer.remove();
    assertThat(lines()).isEmpty();
  }

  @Test
  void a_program_that_systemd_cannot_start_is_refused_before_anything_is_written() {
    assertThatThrownBy(() -> installer.install(List.of("/it's/hikae"), Map.of(), "0022"))
        .hasMessage("schedule.unit-text");
    assertThat(units).doesNotExist();
  }
}
