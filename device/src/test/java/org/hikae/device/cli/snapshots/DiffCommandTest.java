package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.junit.jupiter.api.Test;

/** The command {@code hikae diff}, against a company on a local port. */
class DiffCommandTest extends CompanyTestBase {

  private String id(int snapshot) {
    return company.store().committed().get(snapshot).snapshotId().substring(0, 12);
  }

  @Test
  void two_snapshots_are_compared_also_across_a_rotation() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    Files.delete(tree.resolve("日本/語/書類.txt"));
    Files.writeString(tree.resolve("new"), "12345");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();

    assertThat(device.run("diff", id(0), "latest")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("M  " + tree.resolve("letter.txt"))
        .contains("+  " + tree.resolve("new"))
        .contains("-  " + tree.resolve("日本/語/書類.txt"))
        .contains("1 added (5 B), 1 removed (6 B), 1 with other contents");
    assertThat(device.run("diff", id(0), id(1), "--json", "--path", "tree/new")).isEqualTo(6);
    String path = tree.resolve("new").toString();
    assertThat(device.run("diff", id(0), id(1), "--json", "--path", path)).isZero();
    assertThat(device.out())
        .contains("\"event\":\"difference\",\"path\":\"" + path + "\"")
        .contains("\"kind\":\"ADDED\",\"type\":\"FILE\",\"differences\":[],\"oldSize\":0")
        .contains("\"added\":1,\"addedBytes\":5,\"removed\":0")
        .contains("\"contentsCompared\":true");
    assertThat(device.run("diff", id(0), "ffffffff")).isEqualTo(6);
    assertThat(device.run("diff", id(0))).isEqualTo(2);

    String next = String.valueOf(descriptors.with("amber lantern whistle canyon 77\n"));
    assertThat(device.run("keys", "rotate", "--password-fd", password(), "--new-password-fd", next))
        .as(device.err())
        .isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("diff", id(1), id(2), "--path", tree.toString())).isZero();
    assertThat(device.err()).contains("made with different keys");
    assertThat(device.out()).contains("0 added").contains("0 with other contents");
    assertThat(device.run("diff", id(1), id(2), "--lang", "ja")).isZero();
    assertThat(device.out()).contains("追加 0 件");
  }
}
