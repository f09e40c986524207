package org.hikae.it.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.CanaryWriter;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.VerifierProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A dossier of a running system, with canaries that a device has backed up: what holds here holds,
 * what a system under test lacks is said, and the verifier refuses it after one byte was changed.
 * Time budget: 60 seconds beside the system's start.
 */
@Isolated
@EveryThirdRun
class DossierIT {

  @TempDir private Path temp;

  /** How a program ended. */
  private record Visit(int exitCode, String said) {}

  @Test
  void a_dossier_says_what_holds_here_and_one_byte_changed_is_refused() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    CanaryWriter.CanaryResult canary =
        CanaryWriter.write(temp.resolve("canary"), new SecureRandom());
    AgentDevice device = new AgentDevice(stack, temp.resolve(canary.device())).here();
    device.login(TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee());
    device.optIn("both", "sora-no-kumo-canary-7");
    AgentResult backup = device.run("backup", "--json", canary.files().toString());
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);

    Path folder = temp.resolve("dossier");
    Visit visit = dossier(stack, canary, folder);
    JsonNode report = new ObjectMapper().readTree(folder.resolve("dossier.json").toFile());
    Map<String, String> results = new HashMap<>();
    report
        .path("claims")
        .forEach(claim -> results.put(claim.path("id").asText(), claim.path("result").asText()));
    for (String holding :
        List.of(
            "blindness.tables",
            "blindness.objects",
            "blindness.logs",
            "blindness.memory",
            "database.grants",
            "database.schema",
            "portal.anonymous",
            "realm.clients",
            "vault.root",
            "log.signed",
            "log.card")) {
      assertThat(results).as(report.toPrettyString()).containsEntry(holding, "HOLDS");
    }
    // The root of a system under test is in software, and nobody gave the rest.
    assertThat(results)
        .containsEntry("vault.token", "FAILS")
        .containsEntry("log.continues", "NOT_RUN")
        .containsEntry("audit.sealed", "NOT_RUN")
        .containsEntry("release.programs", "NOT_RUN")
        .hasSize(17);
    assertThat(visit.exitCode()).as(visit.said()).isEqualTo(2);
    assertNoSecrets(stack, canary, visit.said(), folder);
    assertOneByteCounts(visit.said(), folder);
  }

  private Visit dossier(Stack stack, CanaryWriter.CanaryResult canary, Path folder)
      throws Exception {
    Path administrator = stack.keycloak().administratorFile(temp.resolve("administrator"));
    List<String> command =
        new ArrayList<>(
            List.of(
                BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString(),
                "dossier",
                "--lang=en",
                "--out=" + folder,
                "--ca-file=" + stack.caFile(),
                "--keycloak-admin-file=" + administrator,
                "--vault-root=" + stack.vault().rootFingerprint(),
                "--canary=" + canary.list(),
                "--log=" + stack.portalLog(),
                "--log=" + stack.vault().log(),
                "--portal-pid=" + stack.portalPid(),
                "--program=" + BuildOutput.root().resolve("admin/target/hikae-admin"),
                "--portal-key=" + stack.portalFolder().resolve("data/hikae-log-key.pem"),
                "--challenge=blue 7"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(stack.portalSettings());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path out = temp.resolve("out");
    Process process = builder.redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Visit(process.exitValue(), Files.readString(out));
  }

  private static void assertNoSecrets(
      Stack stack, CanaryWriter.CanaryResult canary, String said, Path folder) throws Exception {
    String all = said + Files.readString(folder.resolve("dossier.json"), StandardCharsets.UTF_8);
    stack
        .portalSettings()
        .forEach(
            (name, value) -> {
              if (name.endsWith("SECRET") || name.endsWith("PASSWORD")) {
                assertThat(all).as(name).doesNotContain(value);
              }
            });
    for (CanaryFile.Canary one : CanaryFile.read(canary.list()).canaries()) {
      assertThat(all).as(one.name()).doesNotContain(one.value());
    }
  }

  private void assertOneByteCounts(String said, Path folder) throws Exception {
    String key =
        said.lines().filter(line -> line.startsWith("Signed by ")).findFirst().orElseThrow();
    String[] read = {
      "dossier",
      folder.toString(),
      "--key",
      key.substring("Signed by ".length()),
      "--challenge",
      "blue 7"
    };
    VerifierProgram.Ending whole = VerifierProgram.run(temp, read);
    assertThat(whole.exit()).as(whole.said()).isEqualTo(6);
    assertThat(whole.said()).contains("HOLDS    blindness.memory", "FAILS    vault.token");
    Path pdf = folder.resolve("dossier.ja.pdf");
    byte[] bytes = Files.readAllBytes(pdf);
    bytes[bytes.length / 2] ^= 1;
    Files.write(pdf, bytes);
    VerifierProgram.Ending changed = VerifierProgram.run(temp, read);
    assertThat(changed.exit()).as(changed.said()).isEqualTo(7);
    assertThat(changed.said()).contains("HK1-J-02").doesNotContain("HOLDS");
  }
}
