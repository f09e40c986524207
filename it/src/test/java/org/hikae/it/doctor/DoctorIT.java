package org.hikae.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.SelfSignedKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The doctor finds a running system in order, and names what a test then breaks. Time budget: 40
 * seconds beside the system's start.
 */
@Isolated
@EveryThirdRun
class DoctorIT {

  /** What a system under test lacks on purpose; disks are those of whoever runs the tests. */
  private static final Set<String> OF_A_TEST =
      Set.of(
          "CERTIFICATE_PLAIN",
          "ARCHIVE_OFF",
          "VAULT_SOFTWARE",
          "STORAGE_NONE",
          "BUCKET_NONE",
          "CLOCK_VAULT",
          "DISK_LOW",
          "DISK_FULL");

  private static final String PASSWORD = "expired-long-ago";

  @TempDir private static Path temp;
  private static Stack stack;
  private static Path administrator;

  /** How it ended. */
  private record Visit(int exitCode, List<JsonNode> findings, String said) {
    List<String> codes() {
      return findings.stream().map(finding -> finding.path("code").asText()).toList();
    }

    String about(String code) {
      return findings.stream()
          .filter(finding -> finding.path("code").asText().equals(code))
          .map(finding -> finding.path("arguments").toString())
          .reduce("", String::concat);
    }
  }

  @BeforeAll
  static void a_running_system() throws IOException {
    stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    administrator = stack.keycloak().administratorFile(temp.resolve("administrator"));
  }

  @Test
  void a_running_system_is_in_order() throws Exception {
    // The folder of packages belongs to whoever runs the test, which the doctor may warn of.
    Visit visit = visit(Map.of("HIKAE_PACKAGES", ""));
    assertThat(visit.codes())
        .as(visit.said())
        .contains(
            "SETTINGS_OK",
            "PORTAL_OK",
            "CERTIFICATE_OK",
            "REALM_OK",
            "REALM_SAME",
            "ACCOUNT_OK",
            "DATABASE_OK",
            "SCHEMA_OK",
            "QUEUE_OK",
            "VAULT_OK",
            "CLOCK_OK")
        .allMatch(
            code -> code.endsWith("_OK") || code.equals("REALM_SAME") || OF_A_TEST.contains(code));
    assertThat(visit.about("ACCOUNT_OK"))
        .contains("hikae-portal", "hikae-directory", "hikae-sessions");
    assertThat(visit.about("CLOCK_OK")).contains("portal, Keycloak, database");
    for (String secret : stack.portalSettings().keySet()) {
      if (secret.endsWith("SECRET") || secret.endsWith("PASSWORD")) {
        assertThat(visit.said()).doesNotContain(stack.portalSettings().get(secret));
      }
    }
  }

  @Test
  void wrong_secrets_certificates_and_addresses_are_each_named() throws Exception {
    Visit visit =
        visit(
            Map.of(
                "HIKAE_DIRECTORY_SECRET",
                "wrong",
                "HIKAE_PORTAL_SECRET",
                "wrong",
                "HIKAE_DB_USER",
                "hikae_stranger",
                "HIKAE_TLS_KEYSTORE",
                expired().toString(),
                "HIKAE_TLS_KEYSTORE_PASSWORD",
                PASSWORD,
                "HIKAE_VAULT_ADDRESS",
                "127.0.0.1:9"));
    assertThat(visit.exitCode()).isEqualTo(2);
    assertThat(visit.about("ACCOUNT_REFUSED")).contains("hikae-directory", "hikae-portal");
    assertThat(visit.about("DATABASE_SILENT")).contains("hikae_stranger");
    assertThat(visit.about("CERTIFICATE_EXPIRED")).contains("CN=expired");
    assertThat(visit.codes())
        .contains("CERTIFICATE_UNLOADED", "VAULT_SILENT", "SCHEMA_OK", "PORTAL_OK");
  }

  @FullRunOnly
  @Test
  void a_vault_that_is_down_is_named_by_the_doctor_and_by_the_portal() throws Exception {
    stack.vault().stop();
    try {
      Visit visit = visit(Map.of());
      assertThat(visit.exitCode()).isEqualTo(2);
      assertThat(visit.codes()).contains("VAULT_SILENT");
      assertThat(visit.about("PORTAL_UNREADY")).contains("UP", "DOWN");
    } finally {
      stack.vault().startAgain();
    }
  }

  @FullRunOnly
  @Test
  void rights_and_switches_that_somebody_changed_are_named() throws Exception {
    JsonNode client =
        stack.keycloak().admin("GET", "/clients?clientId=hikae-agent", Map.of()).get(0);
    ObjectNode open = client.deepCopy();
    open.put("directAccessGrantsEnabled", true);
    String path = "/clients/" + client.path("id").asText();
    try (Connection owner = stack.db().asOwner();
        Statement statement = owner.createStatement()) {
      statement.execute("grant delete on audit_event to hikae_app");
      stack.keycloak().admin("PUT", path, open);
      try {
        Visit visit = visit(Map.of());
        assertThat(visit.about("DATABASE_RIGHT")).contains("audit_event", "DELETE");
        assertThat(visit.about("REALM_GRANT")).contains("hikae-agent");
        assertThat(visit.about("REALM_DIFFERS")).contains("directAccessGrantsEnabled");
      } finally {
        stack.keycloak().admin("PUT", path, client);
        statement.execute("revoke delete on audit_event from hikae_app");
      }
    }
  }

  private static Path expired() throws Exception {
    return SelfSignedKey.make(
            temp.resolve("expired.p12"),
            PASSWORD,
            "expired",
            "-startdate",
            "-100d",
            "-validity",
            "50")
        .file();
  }

  private static Visit visit(Map<String, String> changed) throws Exception {
    Map<String, String> settings = new HashMap<>(stack.portalSettings());
    settings.putAll(changed);
    ProcessBuilder builder =
        new ProcessBuilder(
            BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString(),
            "doctor",
            "--json",
            "--ca-file",
            stack.caFile().toString(),
            "--keycloak-admin-file",
            administrator.toString());
    builder.environment().putAll(settings);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(err).content().isEmpty();
    List<JsonNode> findings = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.path("event").asText().equals("finding")) {
        findings.add(event);
      }
    }
    return new Visit(process.exitValue(), findings, Files.readString(out));
  }
}
