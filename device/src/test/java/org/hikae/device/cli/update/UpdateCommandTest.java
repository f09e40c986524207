package org.hikae.device.cli.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateTargetKind;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a device takes from a portal that hands out updates (HK1-U-06, HK1-U-07). What is refused of
 * the signed files alone is in {@code UpdateAttackTest} of the protocol. Budget: 10 seconds.
 */
class UpdateCommandTest extends CompanyTestBase {

  private static final int REFUSED = 6;
  private static final int CORRUPT = 7;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final byte[] bytes = bytes(1, UpdateTarget.PART_BYTES + 77);
  private final UpdateTarget newer = debian("77.1.0", bytes);
  private AgentHarness device;

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static UpdateTarget debian(String version, byte[] bytes) {
    return new UpdateTarget(
        UpdateTargetKind.DEBIAN,
        UpdateCommand.architecture(),
        version,
        bytes.length,
        Hash256.sha256(bytes));
  }

  @BeforeEach
  void a_device_that_knows_the_keys() throws Exception {
    device =
        AgentHarness.in(
            Files.createDirectories(folder.resolve("first")),
            Map.of("HIKAE_PROGRAM", "/usr/bin/hikae"));
    assertThat(signIn(device)).isZero();
    Path root = folder.resolve("keys.root");
    Files.write(root, company.responses().updates.begin(now));
    Files.writeString(folder.resolve("first/agent.properties"), "update-root=" + root + "\n");
    release(1, newer);
    company.responses().updates.hands(newer, bytes);
  }

  private void release(int version, UpdateTarget... packages) throws Exception {
    company.responses().updates.release(version, now.plus(Duration.ofDays(14)), packages);
    logAll();
  }

  /** As the portal does: what it hands out is in its log. */
  private void logAll() throws Exception {
    List<byte[]> entries = new ArrayList<>();
    entries.add(LogEntry.ofCard(SignedCard.parse(company.vault().card())).encode());
    entries.addAll(company.responses().updates.entries());
    company.log.files().clear();
    company.log.publish(entries);
  }

  private List<Path> fetched() throws IOException {
    Path cache = folder.resolve("first/hikae/cache/updates");
    if (Files.notExists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  @Test
  void a_newer_version_is_fetched_as_it_was_signed_and_the_command_is_said() throws Exception {
    assertThat(device.run("update", "--check")).as(device.err()).isZero();
    assertThat(device.out()).contains("Version 77.1.0 is there", AgentVersion.CURRENT);
    assertThat(fetched()).as("by --check").isEmpty();
    assertThat(company.requests()).noneMatch(request -> request.contains("/packages/"));

    assertThat(device.run("update")).as(device.err()).isZero();
    Path file = folder.resolve("first/hikae/cache/updates").resolve(newer.fileName());
    assertThat(fetched()).containsExactly(file);
    assertThat(file).hasBinaryContent(bytes);
    assertThat(device.out()).contains("sudo dpkg --refuse-downgrade --install " + file);

    int before = company.requests().size();
    assertThat(device.run("update", "--json")).isZero();
    assertThat(device.out())
        .contains("\"event\":\"update\"", "\"available\":true", "\"newest\":\"77.1.0\"");
    assertThat(company.requests().stream().skip(before))
        .as("it is there already")
        .noneMatch(request -> request.contains("/packages/"));
    assertThat(device.run("update", "--check", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("バージョン 77.1.0 があります");
  }

  @Test
  void nothing_older_is_offered_also_when_it_is_signed() throws Exception {
    release(2, debian("0.9.0", bytes));
    assertThat(device.run("update")).as(device.err()).isZero();
    assertThat(device.out()).contains("newest one that was signed");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void wrong_software_installation_attack_finds_no_package_for_this_computer() throws Exception {
    release(
        2,
        new UpdateTarget(
            UpdateTargetKind.DEBIAN, "s390x", "78.0.0", bytes.length, Hash256.sha256(bytes)),
        new UpdateTarget(
            UpdateTargetKind.ARCHIVE,
            UpdateCommand.architecture(),
            "78.0.0",
            bytes.length,
            Hash256.sha256(bytes)));
    assertThat(device.run("update")).isZero();
    assertThat(device.out()).contains("no package of this kind");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void arbitrary_software_attack_by_another_package_keeps_nothing() throws Exception {
    company.responses().updates.hands(newer, bytes(2, bytes.length));
    assertThat(device.run("update")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains(newer.fileName(), "is not what was signed");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void endless_data_attack_ends_at_the_length_that_was_signed() throws Exception {
    String last = "packages/" + newer.fileName() + "/1";
    Map<String, byte[]> files = company.responses().updates.files();
    files.put(last, Arrays.copyOf(files.get(last), 78));
    assertThat(device.run("update")).as("a byte more").isEqualTo(CORRUPT);
    files.put(last, new byte[UpdateVerifier.MAX_FILE_BYTES + 1]);
    assertThat(device.run("update")).as("more than is read").isNotZero();
    files.put(last, new byte[76]);
    assertThat(device.run("update")).as("a byte less").isEqualTo(CORRUPT);
    assertThat(fetched()).isEmpty();
  }

  @Test
  void rollback_attack_is_noticed_by_what_was_seen_before() throws Exception {
    release(2, debian("77.2.0", bytes));
    assertThat(device.run("update", "--check")).isZero();
    release(1, newer);
    assertThat(device.run("update")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("an older timestamp");
    assertThat(fetched()).isEmpty();
  }

  @Test
  void indefinite_freeze_attack_is_noticed_when_the_timestamp_ends() throws Exception {
    company.responses().updates.release(2, now.minusSeconds(60), newer);
    logAll();
    assertThat(device.run("update")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("timestamp has expired");
    assertThat(device.run("update", "--json")).isEqualTo(REFUSED);
    assertThat(device.out()).contains("update.refused.EXPIRED");
  }

  /** What is shown to one person alone is not in the log. */
  @Test
  void a_list_that_is_not_in_the_log_is_refused_whoever_has_signed_it() throws Exception {
    company.responses().updates.release(2, now.plus(Duration.ofDays(14)), debian("77.2.0", bytes));
    assertThat(device.run("update")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("not in the portal's transparency log");
    assertThat(fetched()).isEmpty();
    company.log.refusesWith(503);
    assertThat(device.run("update")).isNotZero();
    assertThat(device.err()).contains("log could not be read");
  }

  @Test
  void a_portal_without_updates_and_a_device_without_keys_are_told() throws Exception {
    company.responses().updates.files().clear();
    assertThat(device.run("update")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("hands out no signed updates");
    AgentHarness other = device("other");
    assertThat(signIn(other)).isZero();
    assertThat(other.run("update")).isEqualTo(REFUSED);
    assertThat(other.err()).contains("--root", "update-root");
    assertThat(other.run("update", "--root", folder.resolve("none").toString())).isNotZero();
    Files.writeString(folder.resolve("draft"), "hikae update root\n");
    assertThat(other.run("update", "--root", folder.resolve("draft").toString()))
        .isEqualTo(CORRUPT);
    assertThat(other.run("update", "--root", folder.resolve("keys.root").toString()))
        .isEqualTo(REFUSED);
    assertThat(other.run("update")).as("kept from the first time on").isEqualTo(REFUSED);
    assertThat(other.err()).contains("hands out no signed updates");
  }
}
