package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.login.SignInCache;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a backup asks for when nothing has changed, and a restore of one file. Each request costs
 * the portal, or Keycloak, as much of the processor as hundreds of unchanged files cost the agent.
 */
@EveryThirdRun
class BackupRequestsTest extends FirstDeviceTestBase {

  private static final String RUN = "PUT /api/v1/device/runs/*";

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
   * manifest there are depends on the folders above, which others change. Nor does what a run of
   * two seconds says meanwhile, as on a busy computer.
   */
  private List<String> requestsOf(SignInCache signIns, String... command) {
    int before = companyFixture.company().requests().size();
    assertThat(device.run(signIns, command)).as(device.err()).isZero();
    List<String> requests =
        new ArrayList<>(
            companyFixture.company().requests().stream()
                .skip(before)
                .map(request -> request.replaceAll("[?].*", "").replaceAll("[0-9a-f]{32,}", "*"))
                .filter(request -> !request.equals("PUT /api/v1/device/objects/*"))
                .toList());
    int end = requests.lastIndexOf(RUN);
    while (requests.indexOf(RUN) < end) {
      requests.remove(RUN);
      end--;
    }
    return requests;
  }

  private String[] restores(String name) {
    String target = folder.resolve(name).toString();
    return new String[] {"restore", "--target", target, "--path", docs.resolve("note").toString()};
  }

  @Test
  void an_unchanged_backup_asks_for_nothing_twice() {
    assertThat(requestsOf(new SignInCache(), "backup", docs.toString()))
        .containsExactly(
            "GET /realms/hikae/.well-known/openid-configuration",
            "POST /realms/hikae/token",
            "POST /api/v1/enrollment/nonces",
            "POST /api/v1/enrollment/sessions",
            "GET /api/v1/device/policy",
            "GET /api/v1/device",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/snapshots/*/objects",
            "POST /api/v1/device/objects/missing",
            "POST /api/v1/device/snapshots",
            RUN,
            "POST /realms/hikae/token",
            "POST /api/v1/device/vault/messages",
            "POST /api/v1/device/vault/messages",
            "GET /api/public/log/checkpoint");
  }

  @Test
  void an_agent_that_stays_asks_for_no_token_while_it_has_one() {
    SignInCache signIns = new SignInCache();
    assertThat(requestsOf(signIns, "backup", docs.toString())).hasSize(15);
    assertThat(requestsOf(signIns, "backup", docs.toString()))
        .containsExactly(
            "GET /api/v1/device/policy",
            "GET /api/v1/device",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/snapshots/*/objects",
            "POST /api/v1/device/objects/missing",
            "POST /api/v1/device/snapshots",
            RUN,
            "POST /api/v1/device/vault/messages",
            "POST /api/v1/device/vault/messages",
            "GET /api/public/log/checkpoint");
  }

  @Test
  void after_another_sign_in_an_agent_that_stays_uses_nothing_of_the_one_before() {
    SignInCache signIns = new SignInCache();
    assertThat(requestsOf(signIns, "backup", docs.toString())).hasSize(15);
    companyFixture.company().signOn().exchangesOfflineTokens();
    assertThat(device.run("login", "--server", companyFixture.company().url()))
        .as(device.err())
        .isZero();
    assertThat(requestsOf(signIns, "backup", docs.toString()))
        .startsWith(
            "GET /realms/hikae/.well-known/openid-configuration",
            "POST /realms/hikae/token",
            "POST /api/v1/enrollment/nonces",
            "POST /api/v1/enrollment/sessions");
  }

  @Test
  void a_dry_run_asks_less() {
    assertThat(requestsOf(new SignInCache(), "backup", "--dry-run", docs.toString()))
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

  @Test
  void one_file_is_restored_with_the_own_copy_of_the_manifest() {
    SignInCache signIns = new SignInCache();
    assertThat(requestsOf(signIns, restores("one")))
        .containsExactly(
            "GET /realms/hikae/.well-known/openid-configuration",
            "POST /realms/hikae/token",
            "POST /api/v1/enrollment/nonces",
            "POST /api/v1/enrollment/sessions",
            "GET /api/v1/device",
            "POST /realms/hikae/token",
            "POST /api/v1/device/vault/messages",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/objects/*",
            "GET /api/v1/device/snapshots/*/objects",
            "GET /api/v1/device/objects/*",
            RUN);
    assertThat(requestsOf(signIns, restores("two")))
        .containsExactly(
            "GET /api/v1/device",
            "POST /api/v1/device/vault/messages",
            "GET /api/v1/device/snapshots",
            "GET /api/v1/device/objects/*",
            "GET /api/v1/device/snapshots/*/objects",
            "GET /api/v1/device/objects/*",
            RUN);
    assertThat(folder.resolve("two/note")).hasContent("note");
  }

  /** HK1-S-06: a copy counts by its hash, as what the portal sends does. */
  @Test
  void a_copy_of_the_manifest_that_was_changed_is_fetched_instead() throws Exception {
    int before = requestsOf(new SignInCache(), restores("one")).size();
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(folder.resolve("first/hikae/cache"), "*.sealed")) {
      for (Path copy : copies) {
        byte[] bytes = Files.readAllBytes(copy);
        bytes[bytes.length / 2] ^= 1;
        Files.write(copy, bytes);
      }
    }
    assertThat(requestsOf(new SignInCache(), restores("two"))).hasSizeGreaterThan(before);
    assertThat(folder.resolve("two/note")).hasContent("note");
  }
}
