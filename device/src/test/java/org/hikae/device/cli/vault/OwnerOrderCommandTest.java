package org.hikae.device.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.Test;

/** What an owner freezes and announces, and for how long. Budget: 15 seconds. */
@EveryThirdRun
class OwnerOrderCommandTest extends CompanyTestBase {

  @Test
  void a_freeze_says_when_it_ends_and_can_be_renewed() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("freeze")).as(first.err()).isZero();
    assertThat(first.out()).contains("Frozen until").contains("hikae freeze --renew");
    assertThat(first.run("status", "--json")).isZero();
    assertThat(first.out()).contains("\"frozenUntil\":\"20");
    assertThat(first.run("status", "--lang", "ja")).isZero();
    assertThat(first.out()).contains("まで凍結中");

    company.vault().later(Duration.ofDays(3));
    assertThat(first.run("freeze")).isZero();
    assertThat(first.out()).contains("frozen already").contains("--renew");
    assertThat(company.vault().asked(VaultMessageType.ORDER)).isEqualTo(1);
    company
        .vault()
        .refuseNext(VaultMessageType.ORDER, VaultReply.Refused.of(VaultRefusal.REAUTHENTICATE));
    assertThat(first.run("freeze", "--renew")).as(first.err()).isZero();
    assertThat(first.out()).contains("fresh sign-in").contains("Frozen until");
    assertThat(first.run("receipts")).isZero();
    assertThat(first.out()).contains("was frozen from").contains(", until ");
  }

  @Test
  void who_announces_has_heard_of_it_and_so_its_time_begins_at_once() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("forget", "--without-password", "--yes")).as(first.err()).isZero();
    company.vault().later(Duration.ofHours(73));
    assertThat(first.run("status")).isZero();
    assertThat(company.vault().state()).isEqualTo(RecordState.RETIRED);
    assertThat(first.run("receipts", "verify")).as(first.err()).isZero();
  }

  @Test
  void a_device_that_is_new_to_the_record_replaces_it_after_a_month() throws Exception {
    AgentHarness owner = optedIn("owner");
    company.withdraw();
    AgentHarness stranger = device("stranger");
    signIn(stranger);
    List<String> key = new ArrayList<>();
    assertThat(optInBoth(stranger, key)).as(stranger.err()).isZero();
    assertThat(stranger.out()).contains("30 days");

    company.vault().later(Duration.ofDays(29));
    assertThat(owner.run("receipts")).isZero();
    assertThat(owner.err()).contains("ANNOUNCED: another password");
    assertThat(owner.run("veto")).as("still the owner's: %s", owner.err()).isZero();
    assertThat(owner.out()).contains("Called off");
  }

  @Test
  void a_full_vault_says_what_makes_room() throws Exception {
    AgentHarness first = optedIn("first");
    company.vault().refuseNext(VaultMessageType.WITNESS, VaultReply.Refused.of(VaultRefusal.LIMIT));
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(first.err()).contains("eight backups").contains("hikae login");
  }
}
