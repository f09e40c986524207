package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * Snapshots that were released, taken back and removed, as a person sees them (HK1-H-03), against a
 * company on a local port.
 */
@EveryThirdRun
class ReleaseCommandTest extends CompanyTestBase {

  private String id(int snapshot) {
    return company.store().committed().get(snapshot).snapshotId();
  }

  private AgentHarness deviceWithThreeSnapshots() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    for (int i = 0; i < 3; i++) {
      Files.writeString(tree.resolve("file"), "version " + i);
      assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    }
    return device;
  }

  @Test
  void a_person_releases_snapshots_and_takes_them_back() throws Exception {
    AgentHarness device = deviceWithThreeSnapshots();
    assertThat(device.run("release", id(0).substring(0, 8), id(1), "--json"))
        .as(device.err())
        .isZero();
    assertThat(device.out())
        .contains("\"event\":\"release\",\"snapshotId\":\"" + id(0) + "\",\"state\":\"HELD\"")
        .contains("\"snapshotId\":\"" + id(1) + "\"");
    assertThat(device.run("snapshots")).isZero();
    assertThat(device.out()).contains("it can be restored and taken back until 1970-01-01");
    assertThat(device.run("restore", id(0), "--target", folder.resolve("held").toString()))
        .as(device.err())
        .isZero();
    assertThat(device.run("release", "--undo", id(0), "--lang", "ja")).isZero();
    assertThat(device.out()).contains("取り消されました");
    assertThat(device.run("release")).isEqualTo(2);
    assertThat(device.run("release", id(1), "ffffffff")).isEqualTo(6);
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"usedBytes\":1048576,\"quotaBytes\":1073741824");
    assertThat(device.run("status")).isZero();
    assertThat(device.out()).contains("Your backup takes 1.0 MiB of 1.0 GiB.", "2.0 KiB");
  }

  @Test
  void a_removed_snapshot_says_why_it_went_and_raises_no_alarm() throws Exception {
    AgentHarness device = deviceWithThreeSnapshots();
    company.store().releaseStatus(id(0), ReleaseState.REMOVED);
    assertThat(device.run("snapshots")).as(device.err()).isZero();
    assertThat(device.out())
        .doesNotContain(id(0).substring(0, 12))
        .contains("Removed snapshots that are not shown: 1");
    assertThat(device.run("snapshots", "--all")).as(device.err()).isZero();
    assertThat(device.out())
        .contains(id(0).substring(0, 12))
        .contains("after it was released by the rules of your company");
    assertThat(device.run("snapshots", "--all", "--json")).isZero();
    assertThat(device.out()).contains("\"state\":\"REMOVED\",\"rule\":\"RETENTION\"");
    String target = folder.resolve("target").toString();
    assertThat(device.run("restore", id(0), "--target", target)).isEqualTo(6);
    assertThat(device.err()).contains("cannot be read any more", "the rules of your company");
    assertThat(device.run("verify")).as(device.err()).isZero();
    assertThat(device.run("restore", "--target", target)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @Test
  void a_series_whose_newest_vanished_is_still_an_alarm() throws Exception {
    AgentHarness device = deviceWithThreeSnapshots();
    company.store().releaseStatus(id(0), ReleaseState.REMOVED);
    company.store().hideNewest();
    assertThat(device.run("snapshots")).isEqualTo(7);
    assertThat(device.run("backup", tree.toString())).isEqualTo(7);
  }
}
