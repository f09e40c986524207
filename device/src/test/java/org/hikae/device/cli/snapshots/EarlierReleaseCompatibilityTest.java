package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentJson;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.policy.wire.AgentVersionOrder;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is older than this agent: a portal (HK1-E-03), snapshots of the first form, and agents that
 * cannot read the newest one (HK1-M-09). Budget: 10 seconds.
 */
@EveryThirdRun
class EarlierReleaseCompatibilityTest extends CompanyTestBase {

  @Test
  void hk1_e_03_a_portal_from_before_platform_and_version_were_signed() throws Exception {
    company.signsLittle();
    AgentHarness device = device("first");
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(company.requests().stream().filter(r -> r.endsWith("/enrollment/devices")))
        .hasSize(2);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(restore(device, folder.resolve("restored"), "--password-fd", PASSWORD)).isZero();
    assertSame(folder.resolve("restored"));
  }

  @Test
  void hk1_m_09_a_series_of_the_first_form_is_restored_added_to_verified_and_moved()
      throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    company.listed().hasNoOther();
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

  @Test
  void hk1_m_09_an_agent_that_reads_the_newest_form_is_told_from_one_that_does_not() {
    assertThat(AgentVersionOrder.isOlder("1.0.0-SNAPSHOT", SigningStart.READS_SIGNED)).isTrue();
    assertThat(AgentVersionOrder.isOlder(AgentVersion.CURRENT, SigningStart.READS_SIGNED))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.9", "1.0.0-SNAPSHOT"})
  void hk1_m_09_nobody_is_left_behind_without_being_asked(String version) throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness first = device("first");
    assertThat(signIn(first)).isZero();
    assertThat(optInPassword(first)).as(first.err()).isZero();
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    company.listed().hasNoOther();
    assertThat(signIn(device("second"))).isZero();
    company.listed().agentsAre(version);

    assertThat(first.run("format", "--move")).isEqualTo(6);
    assertThat(first.err()).contains("older agent", "--despite-older-agents");
    assertThat(first.run("verify")).as(first.err()).isZero();
    assertThat(first.err()).contains("older agent");
    assertThat(first.run("format", "--json")).isZero();
    assertThat(first.out()).contains("\"version\":1");
    assertThat(first.run("format", "--move", "--despite-older-agents")).as(first.err()).isZero();
    assertThat(first.out()).contains("signs its snapshots");
  }

  /** It knows neither signatures nor what is remembered of them. */
  private SnapshotView anEarlierAgentBacksUp(AgentHarness device) throws Exception {
    Path file = folder.resolve("first/hikae/secrets.json");
    AgentEnvironment here = device.environment();
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    SnapshotView made;
    try (BackupKey key = KeyUnlock.stored(new StateFile(home).require().set())) {
      made = ForgedSnapshot.behind(company.store(), key, tree, "words");
    }
    ObjectNode state = (ObjectNode) AgentJson.mapper().readTree(file.toFile());
    ((ObjectNode) state.get("set")).remove("formats");
    state
        .putObject("heads")
        .putObject(made.deviceId())
        .put("sequence", made.sequence())
        .put("stubHash", made.stubHash());
    Files.writeString(file, state.toString());
    return made;
  }

  @Test
  void hk1_m_09_a_device_signs_again_after_an_earlier_agent_was_put_back() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(anEarlierAgentBacksUp(device).sequence()).isEqualTo(2);

    assertThat(device.run("format")).isZero();
    assertThat(device.out()).contains("form 2");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("snapshots", "--json")).as(device.err()).isZero();
    assertThat(device.out())
        .containsSubsequence("\"signed\":true", "\"signed\":false", "\"signed\":true");
  }
}
