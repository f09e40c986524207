package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.files.RawPath;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent does with the company's policy (HK1-P-14), and what it does not (HK1-P-15). */
@EveryThirdRun
class BackupPolicyCheckTest extends FirstDeviceTestBase {

  private static final int REFUSED = AgentExitCode.of(RunResult.REFUSED);

  private Path docs;

  @BeforeEach
  void opted_in() throws Exception {
    assertThat(companyFixture.optsIn(device).exit()).as(device.err()).isZero();
    docs = Files.createDirectories(folder.resolve("first").resolve("docs"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(docs.resolve("note" + i + ".txt"), "note " + i);
    }
    Files.writeString(docs.resolve("big.iso"), "large");
  }

  private void policy(Map<String, Object> values) {
    companyFixture.company().responses().policy = values;
  }

  private List<String> stored() throws Exception {
    assertThat(device.run("ls", "latest", docs.toString())).as(device.err()).isZero();
    return device.out().lines().map(line -> line.replaceAll(".*[ /]", "")).toList();
  }

  @Test
  void without_paths_the_companys_folders_are_backed_up_and_its_patterns_left_out()
      throws Exception {
    assertThat(device.run("backup")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("hikae backup PATH");
    policy(
        Map.of("backupInclude", List.of("~/docs", "~/absent"), "backupExclude", List.of("*.iso")));
    assertThat(device.run("backup")).as(device.err()).isZero();
    assertThat(device.out()).contains("Folders of your company's policy: " + docs);
    assertThat(device.err()).contains("does not have ~/absent");
    assertThat(stored()).contains("note1.txt").doesNotContain("big.iso");
    assertThat(device.run("backup", "--include", "*.iso", docs.toString())).isZero();
    assertThat(stored()).as("the company's pattern decides").doesNotContain("big.iso");

    assertThat(device.run("backup", "--exclude", "note1.txt", docs.toString())).isZero();
    assertThat(stored()).contains("note2.txt").doesNotContain("note1.txt");
  }

  @Test
  void a_schedule_without_paths_and_hours_takes_the_companys() throws Exception {
    policy(Map.of("backupInclude", List.of("~/docs"), "backupEveryHours", 7));
    assertThat(device.run("schedule", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"everyHours\":6");
    assertThat(device.run("backup", "--scheduled")).as(device.err()).isZero();
    assertThat(stored()).contains("note1.txt");
    assertThat(device.run("schedule", "--every", "12", docs.toString(), "--json")).isZero();
    assertThat(device.out()).contains("\"everyHours\":12");
  }

  @Test
  void where_nobody_may_narrow_everything_of_the_company_is_in_it() throws Exception {
    policy(Map.of("backupInclude", List.of("~/docs"), "backupMayNarrow", false));
    Path other = Files.createDirectories(folder.resolve("first").resolve("other"));
    Files.writeString(docs.resolve(".hikaeignore"), "note2.txt\n");
    assertThat(device.run("backup", "--exclude", "note1.txt", other.toString())).isZero();
    assertThat(device.err()).contains("does not allow patterns of your own");
    assertThat(stored()).contains("note1.txt", "note2.txt", "big.iso");
  }

  @Test
  void an_agent_that_is_too_old_restores_and_does_not_back_up() throws Exception {
    assertThat(device.run("backup", docs.toString())).as(device.err()).isZero();
    policy(Map.of("minAgentVersion", "99.0"));
    assertThat(device.run("backup", docs.toString())).isEqualTo(REFUSED);
    assertThat(device.err()).contains("version 99.0").contains("Update it");
    String back = folder.resolve("first").resolve("back").toString();
    assertThat(device.run("restore", "--target", back)).as(device.err()).isZero();
  }

  @Test
  void a_policy_that_empties_a_backup_is_told() throws Exception {
    assertThat(device.run("backup", docs.toString())).as(device.err()).isZero();
    policy(Map.of("backupExclude", List.of("note*.txt")));
    assertThat(device.run("backup", docs.toString())).isZero();
    assertThat(device.err()).contains("far fewer files").contains("(1 instead of 13)");
    policy(Map.of("backupExclude", List.of("*.*")));
    assertThat(device.run("backup", docs.toString())).isZero();
    assertThat(device.err()).contains("This backup has no file");
  }

  @Test
  void what_has_another_form_stops_the_backup_and_is_named() throws Exception {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("backupInclude", "~/docs"),
            Map.of("backupInclude", List.of("docs")),
            Map.of("backupInclude", List.of(1)),
            Map.of("backupInclude", List.of("~/" + "x".repeat(300))),
            Map.of("backupInclude", java.util.Collections.nCopies(101, "~/docs")))) {
      policy(wrong);
      assertThat(device.run("backup")).as("%s", wrong).isEqualTo(REFUSED);
      assertThat(device.err()).contains("backupInclude");
    }
    policy(Map.of("uploadBytesPerSecond", "fast"));
    assertThat(device.run("backup", docs.toString())).isEqualTo(REFUSED);
    policy(Map.of("uploadBytesPerSecond", 1, "somethingLater", List.of()));
    assertThat(device.run("backup", docs.toString())).as(device.err()).isZero();
  }

  @Test
  void root_takes_in_only_what_lies_below_its_home() {
    RawPath home = RawPath.of("/srv/admin");
    assertThat(BackupPolicyCheck.mayTakeIn(true, home, RawPath.of("/srv/admin/docs"))).isTrue();
    assertThat(BackupPolicyCheck.mayTakeIn(true, home, home)).isTrue();
    assertThat(BackupPolicyCheck.mayTakeIn(true, home, RawPath.of("/srv/administrator"))).isFalse();
    assertThat(BackupPolicyCheck.mayTakeIn(true, home, RawPath.ROOT)).isFalse();
    assertThat(BackupPolicyCheck.mayTakeIn(true, null, RawPath.of("/srv/admin/docs"))).isFalse();
    assertThat(BackupPolicyCheck.mayTakeIn(false, home, RawPath.of("/srv"))).isTrue();
  }

  @Test
  void the_policy_is_shown_with_who_says_so() throws Exception {
    policy(Map.of("backupInclude", List.of("~/docs"), "later\u001bThing", 1));
    assertThat(device.run("policy")).isEqualTo(REFUSED);
    policy(Map.of("backupInclude", List.of("~/do\u009bcs"), "maxDevices", 3));
    assertThat(device.run("policy")).isEqualTo(REFUSED);
    Instant until = Instant.parse("2027-01-31T10:00:00Z");
    companyFixture.company().responses().earlier =
        List.of(new DevicePolicy.Earlier("later\u001bThing", 30, until));
    policy(Map.of("holdDays", 3));
    assertThat(device.run("policy")).isEqualTo(REFUSED);
    companyFixture.company().responses().earlier =
        List.of(new DevicePolicy.Earlier("holdDays", 30, until));
    policy(Map.of("holdDays", 3, "keyMethods", "ANY"));
    assertThat(device.run("policy")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("can be taken back: 3 (policy for everybody)")
        .contains("can be taken back: 30 counts on until 2027-01-31")
        .contains("password, 64-digit key, or both")
        .doesNotContain("ANY");
    assertThat(device.run("policy", "--json")).isZero();
    assertThat(device.out()).contains("\"value\":30", "\"until\":\"" + until + "\"");
    companyFixture.company().responses().earlier = null;
    policy(Map.of("backupInclude", List.of("~/docs"), "maxDevices", 3, "laterThing", 1));
    assertThat(device.run("policy")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("Folders backed up when you name none: ~/docs (policy for everybody)")
        .contains("Devices at most: 3 (policy for everybody)")
        .contains("laterThing: 1")
        .doesNotContain("counts on until");
    assertThat(device.run("policy", "--json")).isZero();
    assertThat(device.out()).contains("\"name\":\"maxDevices\",\"value\":3,\"scope\":\"default\"");
  }

  @Test
  void a_new_password_and_the_protections_are_as_the_company_asks() throws Exception {
    policy(Map.of("passwordMinCharacters", 40));
    assertThat(
            device.run(
                "password",
                "--password-fd",
                companyFixture.line(CompanyFixture.PASSWORD),
                "--new-password-fd",
                companyFixture.line("another kettle orbit marzipan 43")))
        .isEqualTo(REFUSED);
    assertThat(device.err()).contains("at least 40 characters");
    try (CompanyFixture fresh =
        new CompanyFixture(Files.createDirectories(folder.resolve("fresh")))) {
      AgentHarness other = fresh.device("first");
      fresh.company().responses().policy = Map.of("keyMethods", "BOTH");
      assertThat(other.run("optin", "--yes", "--protect", "digit-key")).isEqualTo(REFUSED);
      assertThat(other.err()).contains("both a password and a 64-digit key");
      assertThat(fresh.optsIn(other).exit()).as(other.err()).isZero();
    }
  }
}
