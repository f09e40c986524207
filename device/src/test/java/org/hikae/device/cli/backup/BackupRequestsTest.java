package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a backup asks for when nothing has changed. Each request costs the portal, or Keycloak, as
 * much of the processor as hundreds of unchanged files cost the agent.
 */
class BackupRequestsTest extends FirstDeviceTestBase {

  private Path docs;

  @BeforeEach
  void backed_up_once() throws Exception {
    optInWithPassword();
    docs = Files.createDirectories(folder.resolve("first/docs"));
    Files.writeString(docs.resolve("note"), "note");
    assertThat(device.run("backup", docs.toString())).as(device.err()).isZero();
  }

  /**
   * Requests with numbers and queries left out. Objects that are sent do not count: how many of the
   * manifest there are depends on the folders above, which others change.
   */
  private List<String> requestsOf(String... command) {
    int before = companyFixture.company().requests().size();
    assertThat(device.run(command)).as(device.err()).isZero();
    return companyFixture.company().requests().stream()
        .skip(before)
        .map(request -> request.replaceAll("[?].*", "").replaceAll("[0-9a-f]{32,}", "*"))
        .filter(request -> !request.equals("PUT /api/v1/device/objects/*"))
        .toList();
  }

  @Test
  void an_unchanged_backup_asks_for_nothing_twice() {
    assertThat(requestsOf("backup", docs.toString()))
        .containsExactly(
            "GET /realms/hikae/.well-known/openid-configuration",
            "POST /realms/hikae/token",
            "POST /api/v1/enrollment/nonces",
            "POST /api/v1/enrollment/sessions",
            "PUT /api/v1/device/runs/*",
            "GET /api/v1/device/policy",
            "GET /api/v1/device",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/snapshots/*/objects",
            "POST /api/v1/device/objects/missing",
            "POST /api/v1/device/snapshots",
            "PUT /api/v1/device/runs/*",
            "GET /api/v1/device/vault/card",
            "POST /realms/hikae/token",
            "POST /api/v1/device/vault/messages",
            "POST /api/v1/device/vault/messages");
  }

  @Test
  void a_dry_run_asks_less() {
    assertThat(requestsOf("backup", "--dry-run", docs.toString()))
        .containsExactly(
            "GET /realms/hikae/.well-known/openid-configuration",
            "POST /realms/hikae/token",
            "POST /api/v1/enrollment/nonces",
            "POST /api/v1/enrollment/sessions",
            "GET /api/v1/device/policy",
            "GET /api/v1/device",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/snapshots/*/objects");
  }
}
