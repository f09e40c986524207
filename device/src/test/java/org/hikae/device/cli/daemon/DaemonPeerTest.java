package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent and a process of another local user that reaches its socket, as if modes of files did
 * not count: it may pass over them. Needs root. Budget: 5 s.
 */
@Timeout(120)
class DaemonPeerTest {

  private static final List<String> AS_ANOTHER_USER =
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=+dac_override",
          "--ambient-caps=+dac_override");

  @TempDir private Path folder;
  private DaemonFixture daemon;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root is others");
    AgentHarness device =
        AgentHarness.in(Files.createDirectories(folder.resolve("first")), Map.of());
    daemon = new DaemonFixture(device, folder);
  }

  @AfterEach
  void end() {
    if (daemon != null) {
      daemon.close();
    }
  }

  private String said(List<String> before) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DaemonPeerMain.class.getName(),
            folder.resolve("run/agent.sock").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void another_user_gets_no_byte_of_it_and_does_not_take_it_for_their_own() throws Exception {
    assertThat(said(AS_ANOTHER_USER)).isEqualTo("greeted false, trusted false");
    assertThat(said(List.of())).as("the agent's own user").isEqualTo("greeted true, trusted true");
  }
}
