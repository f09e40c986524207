package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hikae report} beside an agent that stays: it looks itself, and says that there is one. */
@Timeout(120)
class DaemonReportTest {

  @TempDir private Path folder;

  @Test
  void an_agent_that_stays_is_seen_whatever_its_release_and_does_not_do_the_command()
      throws Exception {
    AgentHarness device =
        AgentHarness.in(Files.createDirectories(folder.resolve("first")), Map.of());
    try (DaemonFixture daemon = new DaemonFixture(device, folder)) {
      assertThat(device.asClient("report")).isEmpty();
      assertThat(device.run("report", "--json")).as(device.err()).isZero();
      assertThat(device.out()).contains("\"staying\":true");
      assertThat(daemon.commands()).isEmpty();
      assertThat(daemon.otherBuilds()).isZero();
    }
    assertThat(device.run("report", "--json")).as(device.err()).isZero();
    assertThat(device.out()).as("it has ended").contains("\"staying\":false");

    try (DaemonFixture _ = new DaemonFixture(device, folder, "another build", Map.of())) {
      assertThat(device.run("report", "--json")).as(device.err()).isZero();
      assertThat(device.out()).contains("\"staying\":true");
    }
  }
}
