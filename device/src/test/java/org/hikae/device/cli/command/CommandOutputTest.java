package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.TextControl;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.files.UnsupportedSystemFixture;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.state.AgentHome;
import org.hikae.device.store.BackupStoreException;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.junit.jupiter.api.Test;
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
        new CommandOutput(device.environment(), Messages.in(language), false, false);

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
        new CommandOutput(device.environment(), Messages.in(language), true, false);
    NewerFormatException later = new NewerFormatException();

    assertThat(output.failure(new BackupStoreException(RunResult.CORRUPT, "later", later)))
        .isEqualTo(RunResult.CORRUPT);
    assertThat(device.err()).contains(sentence);
    assertThat(device.out()).contains("\"code\":\"snapshots.later-form\"");
  }

  /** HK1-D-16: on the screen it does nothing, and a script has the same text. */
  @Test
  void what_others_have_written_controls_no_terminal_in_any_form(@TempDir Path home)
      throws Exception {
    String written = "a\u001b[2J\u009b2K\u202eb\u2028c\r\nd\u007f";
    AgentHarness device = AgentHarness.in(home, Map.of());
    CommandOutput json = new CommandOutput(device.environment(), Messages.in("en"), true, true);
    json.event("device", Map.of("name", written));
    json.failure(new IllegalStateException(written));
    assertThat(device.out().lines()).hasSize(2);
    JsonNode event = AgentJson.mapper().readTree(device.out().lines().findFirst().orElseThrow());
    assertThat(event.required("name").textValue()).isEqualTo(written);
    CommandOutput text = new CommandOutput(device.environment(), Messages.in("en"), false, false);
    text.line(written);
    assertThat((device.out() + device.err()).codePoints().filter(c -> c != '\n' && c != '\t'))
        .noneMatch(TextControl::isControl);
    assertThat(device.out()).endsWith("a?[2J?2K?b?c??d?" + System.lineSeparator());
  }

  /** The code of a failure is a key of our sentences, whoever has caused it. */
  @Test
  void what_went_wrong_is_remembered_by_its_code_alone(@TempDir Path home) throws Exception {
    AgentHarness device = AgentHarness.in(home, Map.of());
    Path folder = Files.createDirectories(home.resolve("hikae"));
    CommandOutput output = new CommandOutput(device.environment(), Messages.in("en"), false, false);
    output.failure(new AgentException(RunResult.REFUSED, "path.malformed", "/home/ann/secret"));
    output.failure(new AgentException(RunResult.REFUSED, "/home/ann/secret"));
    output.failure(new AgentException(RunResult.CANCELLED, "run.cancelled"));
    output.failure(new AccessDeniedException("/home/ann/secret"));
    output.failure(
        new BackupStoreException(
            RunResult.NETWORK,
            "away",
            new AgentException(RunResult.NETWORK, "network.unreachable", "portal.example.com")));
    assertThat(
            new RunHistoryStore(new AgentHome(folder))
                .read().problems().stream().map(DiagnosticsProblem::code))
        .containsExactly("network-unreachable", "local-denied", "unknown", "path-malformed");
  }
}
