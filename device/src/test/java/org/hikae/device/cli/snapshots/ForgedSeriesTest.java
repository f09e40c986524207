package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/**
 * Somebody who has K, such as another device of the employee or a thief of one, and the portal
 * together put snapshots into a device's series (HK1-M-08, HK1-S-14). Budget: 20 seconds.
 */
@EveryThirdRun
class ForgedSeriesTest extends CompanyTestBase {

  private static final String OLD = "first words";
  private static final String FORGED = "false words";

  private final SecureRandom random = new SecureRandom();

  /** A device whose series is of the first form until it moves. */
  private AgentHarness first() throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    writes(OLD);
    return device;
  }

  private void writes(String letter) throws IOException {
    Files.writeString(tree.resolve("letter.txt"), letter);
  }

  private void backsUp(AgentHarness device) {
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  private void moves(AgentHarness device) {
    company.listed().hasNoOther();
    assertThat(device.run("format", "--move", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"version\":2", "\"moved\":true");
  }

  private AgentHarness unlocked(String name) throws IOException {
    AgentHarness device = device(name);
    assertThat(signIn(device)).isZero();
    assertThat(device.run("optin", "--password-fd", password())).as(device.err()).isZero();
    return device;
  }

  private int restores(AgentHarness device, String name, String... more) {
    List<String> all = new ArrayList<>(List.of("restore", "--target", target(name).toString()));
    all.addAll(List.of("--path", tree.toString(), "--json"));
    all.addAll(List.of(more));
    return device.run(all.toArray(new String[0]));
  }

  private Path target(String name) {
    return folder.resolve("restored-" + name);
  }

  private static StateFile state(AgentHarness device) {
    AgentEnvironment here = device.environment();
    return new StateFile(AgentHome.of(here.environment(), here.userHome()));
  }

  private static BackupKey keyOf(AgentHarness device) throws Exception {
    return KeyUnlock.stored(state(device).require().set());
  }

  /** What a holder of K and the portal put behind the newest one of the first device. */
  private void forges(AgentHarness thief) throws Exception {
    try (BackupKey key = keyOf(thief)) {
      ForgedSnapshot.behind(company.store(), key, tree, FORGED);
    }
  }

  @Test
  void whose_a_snapshot_is_is_said() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    assertThat(restores(first, "unsigned")).isZero();
    assertThat(first.out()).contains("\"signed\":false");
    moves(first);
    backsUp(first);
    assertThat(first.run("snapshots", "--json")).as(first.err()).isZero();
    assertThat(first.out()).containsSubsequence("\"signed\":true", "\"signed\":false");
    AgentHarness second = unlocked("second");
    assertThat(restores(second, "signed")).as(second.err()).isZero();
    assertThat(second.out()).contains("\"signed\":true");
    assertThat(second.run("restore", "--target", target("told").toString())).isZero();
    assertThat(second.out()).contains("That device has signed it");
    // It has seen that the set has moved, and goes on so.
    backsUp(second);
    assertThat(second.run("snapshots", "--json")).isZero();
    assertThat(second.out().split("\"signed\":true", -1)).hasSize(3);
  }

  @Test
  void a_snapshot_without_a_signature_behind_a_signed_one_is_an_alarm() throws Exception {
    AgentHarness first = first();
    moves(first);
    backsUp(first);
    AgentHarness second = unlocked("second");
    forges(second);

    assertThat(restores(second, "forged")).isEqualTo(7);
    assertThat(second.err()).contains("ALARM", "is not signed by that device");
    assertThat(second.out()).contains("NOT_SIGNED");
    assertThat(target("forged")).doesNotExist();
    for (String[] command : new String[][] {{"ls"}, {"verify"}, {"snapshots"}}) {
      assertThat(second.run(command)).as(command[0]).isEqualTo(7);
    }
    String signer = company.store().committed().getFirst().deviceId();
    assertThat(state(second).require().set().signers()).containsExactly(signer);
    String genuine = company.store().committed().getFirst().snapshotId();
    assertThat(restores(second, "genuine", genuine, "--accept-older", "2")).isZero();
    assertThat(target("genuine").resolve("letter.txt")).hasContent(OLD);
  }

  /** HK1-D-12: a word about a list is none about who signs. */
  @Test
  void who_signs_is_remembered_after_the_portal_was_restored_to_before() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    moves(first);
    backsUp(first);
    AgentHarness second = unlocked("second");
    assertThat(second.run("snapshots")).as(second.err()).isZero();
    company.vault().drops(VaultMessageType.STATUS, true);
    SnapshotView unsigned = company.store().committed().getFirst();
    company.store().committed().clear();
    assertThat(second.run("snapshots", "--accept-restored-server")).as(second.err()).isZero();

    company.store().committed().add(unsigned);
    assertThat(restores(second, "unsigned", "--accept-unchecked")).isEqualTo(7);
    assertThat(second.out()).contains("NOT_SIGNED");
    assertThat(target("unsigned")).doesNotExist();
  }

  @Test
  void another_devices_signature_is_none() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    AgentHarness second = unlocked("second");
    DeviceIdentity thief = DeviceIdentity.generate(random);
    try (BackupKey key = keyOf(second)) {
      ForgedSnapshot.signedBy(thief.signer(), company.store(), key, tree, FORGED);
    }
    assertThat(restores(second, "forged")).isEqualTo(7);
    assertThat(target("forged").resolve("letter.txt")).doesNotExist();
  }

  @Test
  void of_a_series_that_is_not_signed_the_vaults_witness_counts() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    AgentHarness second = unlocked("second");
    assertThat(restores(second, "witnessed")).as(second.err()).isZero();
    forges(second);

    assertThat(restores(second, "forged")).isEqualTo(6);
    assertThat(second.err()).contains("not signed by that device", "--accept-unchecked");
    assertThat(second.out()).contains("\"event\":\"unsigned\"");
    assertThat(target("forged")).doesNotExist();
    String genuine = company.store().committed().getFirst().snapshotId();
    for (String[] command :
        new String[][] {{"ls"}, {"verify", "latest"}, {"diff", genuine, "latest"}}) {
      assertThat(second.run(command)).as(second.err()).isZero();
      assertThat(second.err()).as(command[0]).contains("not signed by that device");
    }
    assertThat(restores(second, "wanted", "--accept-unchecked")).isZero();
    assertThat(target("wanted").resolve("letter.txt")).hasContent(FORGED);
  }

  /** HK1-D-07. */
  @Test
  void what_its_own_device_has_not_made_is_asked_about_however_often_it_was_shown()
      throws Exception {
    AgentHarness first = first();
    backsUp(first);
    forges(unlocked("second"));
    company.vault().drops(VaultMessageType.STATUS, true);
    assertThat(first.run("snapshots")).as(first.err()).isZero();
    assertThat(restores(first, "forged")).isEqualTo(6);
    assertThat(first.err()).contains("not signed by that device");
    assertThat(target("forged")).doesNotExist();
  }

  /** HK1-D-11: what was not had when it was looked at whose it is, is not restored either. */
  @Test
  void a_root_that_comes_after_nobody_was_asked_whose_it_is_is_refused() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    forges(unlocked("second"));
    company.vault().drops(VaultMessageType.STATUS, true);
    String root =
        company.stores().listing().stream()
            .max(Comparator.comparingLong(SnapshotView::sequence))
            .orElseThrow()
            .root();
    company.stores().refuses("/objects/" + root, 404, 1);
    assertThat(restores(first, "forged")).isEqualTo(7);
    assertThat(first.err()).contains("missing or damaged");
    assertThat(target("forged")).doesNotExist();
  }

  @Test
  void a_device_takes_nothing_over_from_what_it_has_not_signed() throws Exception {
    AgentHarness first = first();
    moves(first);
    backsUp(first);
    AgentHarness second = unlocked("second");
    forges(second);

    backsUp(first);
    assertThat(first.err()).contains("It is not signed by this device");
    assertThat(restores(second, "after")).as(second.err()).isZero();
    assertThat(target("after").resolve("letter.txt")).hasContent(OLD);
  }

  @Test
  void a_full_read_moves_and_no_portal_moves_back() throws Exception {
    AgentHarness first = first();
    backsUp(first);
    assertThat(first.run("verify", "--sample", "50")).as(first.err()).isZero();
    assertThat(first.run("format")).isZero();
    assertThat(first.out()).contains("first form");
    company.listed().hasNoOther();
    assertThat(first.run("verify")).as(first.err()).isZero();
    assertThat(first.out()).contains("signs its snapshots (form 2)");
    backsUp(first);
    // Only the snapshot of the first form is shown, as before the move.
    company.stores().lists(honest -> honest.subList(1, honest.size()));
    assertThat(first.run("backup", tree.toString())).isEqualTo(7);
    company.vault().drops(VaultMessageType.STATUS, true);
    assertThat(first.run("backup", tree.toString())).isEqualTo(7);
    assertThat(first.run("format")).isZero();
    assertThat(first.out()).contains("form 2");
  }
}
