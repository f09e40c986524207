package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.junit.jupiter.api.Test;

/** HK1-M-02: what commands make of snapshots whose table of packs is damaged. Budget: 5 seconds. */
class UnreadablePackTableTest extends CompanyTestBase {

  /** Alters what is sealed of the table; the manifest, which lies in the same pack, stays whole. */
  private void damagesTable(AgentHarness device, SnapshotView view) throws Exception {
    AgentEnvironment here = device.environment();
    StateFile state = new StateFile(AgentHome.of(here.environment(), here.userHome()));
    try (BackupKey key = KeyUnlock.stored(state.require().set());
        OpenedSnapshot open = OpenedSnapshot.open(company.store(), key, view)) {
      assertThat(open.isTableWhole()).isTrue();
      for (ManifestRef part : open.root().packTable()) {
        company.store().objects().get(part.pack())[part.ref().entry().offset()] ^= 1;
      }
    }
    try (BackupKey key = KeyUnlock.stored(state.require().set());
        OpenedSnapshot open = OpenedSnapshot.open(company.store(), key, view)) {
      assertThat(open.isTableWhole()).isFalse();
    }
  }

  @Test
  void such_a_snapshot_is_listed_compared_planned_and_restored() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.writeString(tree.resolve("new"), "12345");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    for (SnapshotView view : company.store().committed()) {
      damagesTable(device, view);
    }
    device.losesCopies();
    String older = company.store().committed().getFirst().snapshotId();

    assertThat(device.run("ls", older, tree.toString())).as(device.err()).isZero();
    assertThat(device.out()).contains("letter.txt", "書類.txt").doesNotContain("new");
    assertThat(device.run("diff", older, "latest")).as(device.err()).isZero();
    assertThat(device.out()).contains("+  " + tree.resolve("new"), "1 added (5 B), 0 removed");

    Path target = folder.resolve("target");
    String[] restore = {
      "restore", "--target", target.toString(), "--path", tree.toString(), "--json"
    };
    String[] plan = java.util.Arrays.copyOf(restore, restore.length + 1);
    plan[restore.length] = "--dry-run";
    assertThat(device.run(plan)).as(device.err()).isZero();
    assertThat(device.out()).contains("\"event\":\"restorePlan\"", "\"blocked\":0", "/new\"");
    assertThat(target).doesNotExist();
    assertThat(device.run(restore)).as(device.err()).isZero();
    assertThat(device.out()).contains("PACK_NAMES_LOST");
    assertSame(target);
    assertThat(device.run("verify")).isEqualTo(7);
  }
}
