package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.FileDescriptors;
import org.hikae.device.company.EarlierReleaseSet;
import org.hikae.device.company.EarlierReleaseTree;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TreeComparator;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A set that agents of version 1.0 have made, of two devices and two generations of K (HK1-M-09):
 * restored, added to, verified and moved. Budget: 20 seconds.
 */
@EveryThirdRun
class EarlierReleaseSetTest {

  private static final String EARLIER_AGENT = "1.0.0-SNAPSHOT";

  @TempDir private Path folder;
  private EarlierReleaseSet earlier;
  private FakeCompany company;
  private FileDescriptors descriptors;
  private int restored;

  @BeforeEach
  void start() throws Exception {
    earlier = EarlierReleaseSet.read();
    company = FakeCompany.with(earlier);
    descriptors = new FileDescriptors(folder);
  }

  @AfterEach
  void stop() throws Exception {
    descriptors.close();
    company.close();
  }

  /** One of the set's devices, whose agent was replaced by this one. */
  private AgentHarness goesOn(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    earlier.moveInto(home, name, company);
    return AgentHarness.in(home, Map.of());
  }

  private AgentHarness newDevice(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    AgentHarness device = AgentHarness.asShipped(home);
    String root = company.vault().rootFingerprint();
    assertThat(device.run("login", "--server", company.url(), "--vault-root", root)).isZero();
    return device;
  }

  private String line(String text) throws IOException {
    return String.valueOf(descriptors.with(text + "\n"));
  }

  private Path tree(int state) throws IOException {
    Path made = folder.resolve("state-" + state);
    if (!Files.exists(made)) {
      EarlierReleaseTree.make(made, state);
    }
    return made;
  }

  private String idOf(EarlierReleaseSet.RecordedSnapshot recordedSnapshot) {
    return company.stores().listing().stream()
        .filter(view -> view.deviceId().equals(recordedSnapshot.deviceId()))
        .filter(view -> view.sequence() == recordedSnapshot.commit().sequence())
        .map(SnapshotView::snapshotId)
        .findFirst()
        .orElseThrow();
  }

  /** Restores, and compares with the tree as it was. */
  private void restores(AgentHarness device, String snapshot, int state, String... more)
      throws IOException {
    Path target = folder.resolve("restored-" + restored++);
    String[] command = {
      "restore", snapshot, "--json", "--target", target.toString(), "--path", earlier.told().tree()
    };
    assertThat(device.run(joined(command, more))).as(device.err()).isZero();
    TreeComparator.TreeComparison outcome =
        TreeComparator.compare(RawPath.of(tree(state).toString()), RawPath.of(target.toString()));
    assertThat(outcome.differences()).as(snapshot).isEmpty();
    assertThat(outcome.entries()).isGreaterThan(15);
  }

  private static String[] joined(String[] first, String[] second) {
    String[] all = new String[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private void does(AgentHarness device, String... command) {
    assertThat(device.run(command)).as(device.out() + device.err()).isZero();
  }

  @Test
  void each_snapshot_is_shown_verified_and_restored() throws Exception {
    company.listed().agentsAre(EARLIER_AGENT);
    List<EarlierReleaseSet.RecordedSnapshot> all = earlier.told().snapshots();
    for (String name : List.of("first", "second")) {
      AgentHarness device = goesOn(name);
      does(device, "snapshots", "--json");
      assertThat(device.out().split("\"signed\":false", -1)).hasSize(all.size() + 1);
      assertThat(device.out()).doesNotContain("\"signed\":true");
      does(device, "verify");
      assertThat(device.err()).contains("older agent");
      does(device, "format");
      assertThat(device.out()).contains("first form");
      for (EarlierReleaseSet.RecordedSnapshot recordedSnapshot : all) {
        restores(device, idOf(recordedSnapshot), recordedSnapshot.state());
      }
      restores(device, "latest", 3);
    }
    AgentHarness first = goesOn("first");
    does(first, "diff", idOf(all.get(0)), idOf(all.get(1)));
    assertThat(first.out()).contains("letter.txt", "early.txt");
  }

  @Test
  void a_new_device_opens_it_with_the_password_or_the_digits() throws Exception {
    AgentHarness third = newDevice("third");
    EarlierReleaseSet.RecordedSnapshot oldest = earlier.told().snapshots().getFirst();
    restores(third, "latest", 3, "--password-fd", line(EarlierReleaseSet.PASSWORD));
    restores(third, idOf(oldest), oldest.state());
    AgentHarness fourth = newDevice("fourth");
    String digits = String.join("\n", earlier.told().digits());
    restores(fourth, idOf(oldest), oldest.state(), "--digit-key-fd", line(digits));
  }

  @Test
  void it_is_added_to_and_moved() throws Exception {
    company.listed().agentsAre(EARLIER_AGENT);
    AgentHarness first = goesOn("first");
    Path tree = folder.resolve("tree");
    EarlierReleaseTree.make(tree, 3);
    does(first, "backup", tree.toString(), "--json");
    assertThat(first.out()).contains("\"event\":\"witness\"");
    int sent = company.store().puts();
    assertThat(first.run("format", "--move")).as(first.out()).isEqualTo(6);
    company.listed().agentsAre(AgentVersion.CURRENT);
    does(first, "format", "--move");
    Files.writeString(tree.resolve("more.txt"), "more");
    does(first, "backup", tree.toString(), "--json");
    // One pack of the new file, one of the manifest, the root: nothing is sent anew.
    assertThat(company.store().puts() - sent).isLessThan(4);
    does(first, "snapshots", "--json");
    assertThat(first.out().split("\"signed\":true", -1)).hasSize(2);

    AgentHarness second = goesOn("second");
    does(second, "verify");
    // It has seen that the set has moved.
    does(second, "backup", tree.toString());
    does(first, "snapshots", "--json");
    assertThat(first.out().split("\"signed\":true", -1)).hasSize(3);
    for (EarlierReleaseSet.RecordedSnapshot recordedSnapshot : earlier.told().snapshots()) {
      restores(first, idOf(recordedSnapshot), recordedSnapshot.state());
    }
    AgentHarness third = newDevice("third");
    Path target = folder.resolve("by-third");
    does(
        third,
        "restore",
        "--json",
        "--target",
        target.toString(),
        "--path",
        tree.toString(),
        "--password-fd",
        line(EarlierReleaseSet.PASSWORD));
    assertThat(third.out()).contains("\"signed\":true");
    assertThat(target.resolve("more.txt")).hasContent("more");
  }

  @Test
  void a_verification_of_everything_moves_it() throws Exception {
    AgentHarness second = goesOn("second");
    does(second, "verify", "--json");
    assertThat(second.out()).contains("\"moved\":true", "\"version\":2");
    does(second, "backup", tree(3).toString());
    does(second, "snapshots", "--json");
    assertThat(second.out().split("\"signed\":true", -1)).hasSize(2);
  }

  @Test
  void no_portal_moves_it_back() throws Exception {
    AgentHarness first = goesOn("first");
    AgentHarness second = goesOn("second");
    Path tree = tree(3);
    does(first, "format", "--move");
    does(first, "backup", tree.toString());
    does(second, "snapshots");
    // What it has of the first form only, as before the move.
    company.stores().lists(honest -> honest.subList(1, honest.size()));
    assertThat(first.run("backup", tree.toString())).isEqualTo(7);
    Path target = folder.resolve("by-second");
    String own = earlier.told().devices().getFirst();
    String[] restore = {"restore", "--target", target.toString(), "--device", own};
    assertThat(second.run(restore)).isEqualTo(7);
    company.vault().drops(VaultMessageType.STATUS, true);
    assertThat(first.run("backup", tree.toString())).isEqualTo(7);
    assertThat(second.run(restore)).isEqualTo(7);
    assertThat(target).doesNotExist();
    does(first, "format");
    assertThat(first.out()).contains("form 2");
    does(second, "format", "--json");
    assertThat(second.out()).contains("\"version\":2");
  }
}
