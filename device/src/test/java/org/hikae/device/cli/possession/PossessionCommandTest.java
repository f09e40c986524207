package org.hikae.device.cli.possession;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.Test;

/** {@code hikae possession} (HK1-Q-06, HK1-Q-07), against a company on a local port. */
class PossessionCommandTest extends CompanyTestBase {

  private static final int CANCELLED = 4;
  private static final int NETWORK = 5;
  private static final int REFUSED = 6;
  private static final int CORRUPT = 7;

  private int backUp(AgentHarness device) {
    return device.run("backup", tree.toString());
  }

  private long reportedDamage() {
    return company.reports().stream()
        .filter(report -> report.kind() == RunReport.Kind.VERIFY)
        .filter(report -> report.result() == RunResult.CORRUPT)
        .count();
  }

  /** All packs, and no root: what a lost disk takes. */
  private void losePacks() {
    company
        .store()
        .objects()
        .values()
        .removeIf(object -> object[0] == 'H' && object[2] == '1' && object[3] == 'p');
  }

  @Test
  void what_a_backup_noted_is_asked_for_and_answered() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("possession")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("nothing to ask for yet");
    assertThat(backUp(device)).isZero();
    assertThat(backUp(device)).isZero();
    assertThat(device.run("possession", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"answered\":", "\"failed\":0");
    assertThat(device.run("possession", "--count", "1")).as(device.err()).isZero();
    assertThat(device.out()).contains("Answered as they were stored: 1");
    assertThat(device.run("status")).isZero();
    assertThat(device.out()).contains("that the portal has shown to have");
    assertThat(device.run("possession", "--count", "0")).isEqualTo(REFUSED);
  }

  @Test
  void hk1_q_06_lost_packs_are_an_alarm_here_and_for_it() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(backUp(device)).isZero();
    losePacks();
    assertThat(device.run("possession", "--json")).isEqualTo(CORRUPT);
    assertThat(device.out()).contains("\"fault\":\"POSSESSION_MISSING\"");
    assertThat(reportedDamage()).isEqualTo(1);

    // The files are here, so the next backup heals it: the alarm stands all the same.
    assertThat(backUp(device)).as(device.err()).isZero();
    assertThat(device.err()).contains("ALARM", "did not show that it has all of your backup");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"possessionAlarmSince\":\"20");
    assertThat(device.run("possession")).isEqualTo(CORRUPT);
    assertThat(device.run("possession", "--lang", "ja")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("警報");

    assertThat(device.run("possession", "--forget")).isEqualTo(CANCELLED);
    assertThat(device.run("possession", "--forget", "--yes")).isZero();
    assertThat(device.run("possession", "--forget", "--yes")).isEqualTo(REFUSED);
    assertThat(device.run("possession")).as(device.err()).isZero();
    assertThat(reportedDamage()).isEqualTo(1);
  }

  /** Most backups are made while nobody looks. */
  @Test
  void hk1_q_07_backups_ask_by_themselves_within_a_limit_a_day() throws Exception {
    AgentHarness device = optedIn("first");
    FakeProgramRunner programs = new FakeProgramRunner().answer("notify-send", 0, "");
    SettableClock clock = new SettableClock(Instant.now());
    HostComputer computer = new HostComputer(programs, folder.resolve("power"), false);
    device.on(Map.of(), clock, duration -> {}, computer);
    assertThat(device.run("backup", "--json", tree.toString())).isZero();
    assertThat(device.out()).as("what was only just sent").doesNotContain("\"possession\"");

    clock.advance(Duration.ofDays(1));
    assertThat(device.run("backup", "--json", tree.toString())).isZero();
    assertThat(device.out()).contains("\"possession\"", "\"failed\":0");

    assertThat(device.run("possession", "--daily", "0")).isZero();
    clock.advance(Duration.ofDays(1));
    assertThat(device.run("backup", "--json", tree.toString())).isZero();
    assertThat(device.out()).doesNotContain("\"possession\"");

    assertThat(device.run("possession", "--daily", "1M")).isZero();
    assertThat(device.run("possession", "--daily", "1025M")).isEqualTo(REFUSED);
    clock.advance(Duration.ofDays(1));
    Files.writeString(tree.resolve("more.txt"), "so that there is something to send");
    byte[] rotten = company.store().objects().values().stream().toList().getFirst();
    assertThat(rotten).isNotEmpty();
    company
        .store()
        .objects()
        .forEach(
            (name, object) -> {
              if (object[3] == 'p') {
                object[object.length / 2] ^= 1;
              }
            });
    assertThat(device.run("backup", "--json", tree.toString())).isZero();
    assertThat(device.out()).contains("\"fault\":\"POSSESSION_DAMAGED\"", "\"shown\":true");
    assertThat(reportedDamage()).isEqualTo(1);
  }

  @Test
  void a_portal_that_hands_nothing_out_is_asked_again() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(backUp(device)).isZero();
    company
        .store()
        .objects()
        .keySet()
        .forEach(name -> company.stores().refuses("/objects/" + name.hex(), 503, 1000));
    assertThat(device.run("possession")).isEqualTo(NETWORK);
    assertThat(device.err()).contains("asked again").doesNotContain("ALARM");
    assertThat(reportedDamage()).isZero();
  }

  @Test
  void hk1_q_03_what_a_person_has_withdrawn_is_no_loss() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(backUp(device)).isZero();
    company.withdraw();
    losePacks();
    assertThat(device.run("possession")).isEqualTo(REFUSED);
    assertThat(device.err()).doesNotContain("ALARM");
    assertThat(device.run("status")).isZero();
    assertThat(device.err()).doesNotContain("ALARM");
  }
}
