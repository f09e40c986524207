package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.WrapMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command {@code hikae verify}, against a company on a local port. */
class VerifyCommandTest extends CompanyTestBase {

  private AgentHarness device;

  @BeforeEach
  void backUpTwice() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  private Set<Hash256> packs(int snapshot) throws Exception {
    String id = company.store().committed().get(snapshot).snapshotId();
    return new TreeSet<>(company.store().objects(id));
  }

  @Test
  void what_is_sound_is_said_to_be_and_reported() {
    assertThat(device.run("verify")).as(device.err()).isZero();
    assertThat(device.out()).contains("2 snapshots").contains("Everything that was read back");
    assertThat(device.run("verify", "latest", "--json")).isZero();
    assertThat(device.out())
        .contains("\"event\":\"verify\",\"result\":\"SUCCESS\",\"exitCode\":0")
        .contains("\"snapshots\":1")
        .contains("\"packsOpened\":3")
        .contains("\"deep\":false");
    assertThat(company.reports())
        .filteredOn(report -> report.kind() == RunReport.Kind.VERIFY && report.endedAt() != null)
        .hasSize(2);
    assertThat(device.run("verify", "--sample", "1")).as(device.err()).isZero();
    assertThat(device.out()).contains("were not unpacked");
    assertThat(device.run("verify", "--deep")).as(device.err()).isZero();
    assertThat(device.out()).contains("Its contents were unpacked");
    assertThat(device.run("verify", "--deep", "--json")).isZero();
    assertThat(device.out()).contains("\"deep\":true");
    assertThat(device.run("verify", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("完全です");
  }

  @Test
  void damage_is_named_and_ends_with_seven() throws Exception {
    Set<Hash256> onlyFirst = packs(0);
    onlyFirst.removeAll(packs(1));
    String firstId = company.store().committed().getFirst().snapshotId();
    for (Hash256 pack : onlyFirst) {
      byte[] object = company.store().objects().remove(pack);
      assertThat(device.run("verify")).isEqualTo(7);
      assertThat(device.err()).contains("missing: pack " + pack).contains(firstId.substring(0, 12));
      assertThat(device.out()).contains("Tell your IT");
      assertThat(device.run("verify", "--json")).isEqualTo(7);
      assertThat(device.out())
          .contains("\"event\":\"damage\",\"kind\":\"PACK_MISSING\",\"pack\":\"" + pack)
          .contains("\"snapshotId\":\"" + firstId)
          .contains("\"result\":\"CORRUPT\",\"exitCode\":7");
      assertThat(device.run("verify", "latest")).as("another snapshot").isZero();
      company.store().objects().put(pack, object);
    }
    company.store().objects().get(packs(1).iterator().next())[80] ^= 1;
    assertThat(device.run("verify", "latest")).isEqualTo(7);
    assertThat(device.err()).contains("damaged: pack ");
  }

  @Test
  void every_generation_that_opens_is_verified() throws Exception {
    String next = "amber lantern whistle canyon 77";
    int exit =
        device.run(
            "keys",
            "rotate",
            "--password-fd",
            password(),
            "--new-password-fd",
            String.valueOf(descriptors.with(next + "\n")));
    assertThat(exit).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("verify")).as(device.err()).isZero();
    assertThat(device.out()).contains("3 snapshots");
    company.wraps().values().removeIf(view -> view.method() == WrapMethod.CHAIN);
    // Nobody can restore the others (HK1-D-14).
    assertThat(device.run("verify")).as(device.err()).isEqualTo(7);
    assertThat(device.out()).contains("1 snapshots");
    assertThat(device.err()).contains("cannot find", ": 2");
  }

  @Test
  void what_cannot_be_verified_is_refused() {
    assertThat(device.run("verify", "--sample", "0")).isEqualTo(6);
    assertThat(device.run("verify", "--sample", "101")).isEqualTo(6);
    assertThat(device.run("verify", "--sample", "much")).isEqualTo(2);
    assertThat(device.run("verify", "ffffffff")).isEqualTo(6);
    assertThat(device.run("verify", "--device", "ffffffff")).isEqualTo(6);
    company.store().committed().removeLast();
    assertThat(device.run("verify")).as("a snapshot that was seen is gone").isEqualTo(7);
    assertThat(device.err()).contains("ALARM");
  }
}
