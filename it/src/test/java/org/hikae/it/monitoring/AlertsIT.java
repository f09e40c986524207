package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** The alerts, by Prometheus' own tool. Time budget: 5 seconds. */
@EveryThirdRun
class AlertsIT {

  private static final Path FOLDER = BuildOutput.root().resolve("docs/monitoring");
  private static final List<String> TESTS = List.of("alerts.test.yml", "alerts.days.test.yml");

  @Test
  void prometheus_can_read_them() throws Exception {
    assertThat(promtool("check", "rules", "alerts.yml")).contains("SUCCESS");
  }

  @Test
  void they_ring_when_they_should_and_only_then() throws Exception {
    for (String tests : TESTS) {
      assertThat(promtool("test", "rules", tests)).contains("SUCCESS");
    }
  }

  @Test
  void each_is_tested_and_explained() throws Exception {
    String tests = "";
    for (String file : TESTS) {
      tests += Files.readString(FOLDER.resolve(file));
    }
    String guide = Files.readString(FOLDER.resolveSibling("monitoring.md"));
    JsonNode rules =
        new YAMLMapper().readTree(FOLDER.resolve("alerts.yml").toFile()).at("/groups/0/rules");
    assertThat(rules).hasSizeGreaterThan(11);
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(tests).contains("alertname: " + name + "\n        exp_alerts: []");
      assertThat(tests).contains("alertname: " + name + "\n        exp_alerts:\n");
      assertThat(guide).contains(name);
    }
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
