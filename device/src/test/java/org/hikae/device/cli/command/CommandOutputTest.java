package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.files.UnsupportedSystemFixture;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.store.BackupStoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOutputTest {

  @ParameterizedTest
  @CsvSource({"en, this computer is Windows 11.", "ja, このコンピューターは Windows 11 です。"})
  void a_system_without_an_implementation_is_no_defect(
      String language, String sentence, @TempDir Path home) {
    AgentHarness device = AgentHarness.in(home, Map.of());
    CommandOutput output =
        new CommandOutput(device.surroundings(), Messages.in(language), false, false);

    assertThat(output.failure(UnsupportedSystemFixture.without("Windows 11")))
        .isEqualTo(RunResult.LOCAL);
    assertThat(device.err()).contains(sentence);
  }

  /** HK1-D-11: said as what it is, and not as damage. */
  @ParameterizedTest
  @CsvSource({"en, Update this agent", "ja, このエージェントを更新"})
  void a_snapshot_of_a_later_form_asks_for_a_later_agent(
      String language, String sentence, @TempDir Path home) {
    AgentHarness device = AgentHarness.in(home, Map.of());
    CommandOutput output =
        new CommandOutput(device.surroundings(), Messages.in(language), true, false);
    NewerFormatException later = new NewerFormatException();

    assertThat(output.failure(new BackupStoreException(RunResult.CORRUPT, "later", later)))
        .isEqualTo(RunResult.CORRUPT);
    assertThat(device.err()).contains(sentence);
    assertThat(device.out()).contains("\"code\":\"snapshots.later-form\"");
  }
}
