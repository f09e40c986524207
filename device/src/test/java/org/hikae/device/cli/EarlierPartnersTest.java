package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What is older than this agent: a portal, and snapshots of the first form. Budget: 10 seconds. */
class EarlierPartnersTest extends AtACompany {

  @Test
  void hk1_e_03_a_portal_from_before_platform_and_version_were_signed() throws Exception {
    company.signsLittle();
    TestSurroundings device = device("first");
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(company.requests().stream().filter(r -> r.endsWith("/enrollment/devices")))
        .hasSize(2);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("format", "--move")).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(restore(device, folder.resolve("restored"), "--password-fd", PASSWORD)).isZero();
    assertSame(folder.resolve("restored"));
  }

  @Test
  void hk1_m_09_a_series_of_the_first_form_is_restored_added_to_verified_and_moved()
      throws Exception {
    TestSurroundings device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    int sent = company.store().puts();
    assertThat(device.run("format", "--move")).as(device.err()).isZero();
    Files.writeString(tree.resolve("more.txt"), "more");
    assertThat(device.run("backup", tree.toString(), "--json")).as(device.err()).isZero();
    // One pack of the new file, one of the manifest, the root: nothing is sent anew.
    assertThat(company.store().puts() - sent).isLessThan(4);
    assertThat(device.run("verify")).as(device.err()).isZero();
    String first = company.store().committed().getFirst().snapshotId();
    assertThat(device.run("restore", first, "--target", folder.resolve("old").toString()))
        .as(device.err())
        .isZero();
    assertThat(restore(device, folder.resolve("new"), "--password-fd", PASSWORD)).isZero();
    assertSame(folder.resolve("new"));
    assertThat(device.run("format", "--move", "--json")).isZero();
    assertThat(device.out()).contains("\"moved\":false", "\"version\":2");
  }
}
