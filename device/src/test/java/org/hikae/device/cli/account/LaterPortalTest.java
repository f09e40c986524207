package org.hikae.device.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.enrollment.wire.DeviceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A portal of a later release, which says words that this agent does not know and times that it
 * cannot read. Budget: 10 seconds.
 */
class LaterPortalTest extends CompanyTestBase {

  private AgentHarness device;

  @BeforeEach
  void optIn() throws Exception {
    device = device("first");
    signIn(device);
    assertThat(optInBoth(device, new ArrayList<>())).as(device.err()).isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    String first = company.store().committed().getFirst().snapshotId();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    company.store().releaseStatus(first, ReleaseState.HELD);
    company.listed().alsoHas("1.1", DeviceState.ACTIVE);
  }

  /** The state of the set is left: with another one nothing could be done at any portal. */
  private static String inWordsOfTomorrow(String json) {
    return json.replaceAll("\"(method|rule|lastBackupBy)\":\"[A-Z_]+\"", "\"$1\":\"TOMORROW\"")
        .replaceAll("(\"agentVersion\":\"[^\"]*\",\"state\":)\"ACTIVE\"", "$1\"TOMORROW\"")
        .replace("\"state\":\"HELD\"", "\"state\":\"TOMORROW\"")
        .replace("\"OPTED_IN\"", "\"TOMORROW\"");
  }

  private static String atTimesOfTomorrow(String json) {
    return json.replaceAll("\"(\\w+At|since|until|by)\":\"[^\"]*\"", "\"$1\":\"tomorrow\"");
  }

  private String says(String... command) {
    assertThat(device.run(command)).as("%s: %s", List.of(command), device.err()).isZero();
    return device.out();
  }

  @Test
  void its_words_are_said_to_be_unknown_and_no_command_fails() {
    company.rewords(LaterPortalTest::inWordsOfTomorrow);
    assertThat(says("status"))
        .contains("This device: device (?)", "a state that this agent does not know")
        .contains("in a way that this agent does not know");
    assertThat(says("status", "--json")).contains("\"protections\":[\"UNKNOWN\"]");
    assertThat(says("devices")).contains("  ?  ").contains("old laptop");
    assertThat(says("keys")).contains("Something that this agent does not know, since 2026-01-01");
    assertThat(says("snapshots")).contains("a state that this agent does not know");
    assertThat(says("devices", "--json")).doesNotContain("\"state\"", "TOMORROW");
    says("keys", "--json");
    says("snapshots", "--json");
    everythingElseWorks();
  }

  @Test
  void its_times_are_not_shown_and_no_command_fails() {
    company.rewords(LaterPortalTest::atTimesOfTomorrow);
    assertThat(says("devices", "--json"))
        .doesNotContain("enrolledAt", "tomorrow")
        .contains("\"state\":\"ACTIVE\"");
    assertThat(says("keys")).contains("since ?");
    assertThat(says("snapshots")).contains("taken back until ?");
    says("status");
    says("keys", "--json");
    says("snapshots", "--json");
    everythingElseWorks();
  }

  private void everythingElseWorks() {
    says("backup", tree.toString());
    says("verify");
    says("restore", "--target", folder.resolve("restored").toString());
    assertThat(folder.resolve("restored")).isNotEmptyDirectory();
  }
}
