package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a vault of version 1.0 has written is taken over as it stands. Budget: 15 seconds. */
@DisplayName("HK1-V-15, V-34, V-36, V-40: a store of an earlier version")
class EarlierReleaseVaultTest {

  private static final byte[] NO_ARGUMENT = new byte[0];
  private static final Duration SOON = Duration.ofHours(1);

  @TempDir private Path folder;

  private static VaultRefusal refusal(VaultReply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    return ((Refused) reply).refusal();
  }

  @Test
  @DisplayName("HK1-V-15: passwords open, counts stay, receipts go on, before and after a restart")
  void everybody_goes_on() throws Exception {
    try (EarlierReleaseVault earlier = new EarlierReleaseVault(folder, SOON)) {
      TestDevice carol = earlier.device("carol.first");
      StatusDone.Attempts attempts = carol.status().attempts();
      assertThat(attempts.left()).isEqualTo(9);
      assertThat(attempts.lifetimeLeft()).isEqualTo(47);
      assertThat(carol.status().series())
          .singleElement()
          .satisfies(head -> assertThat(head.seq()).isEqualTo(7));
      List<VaultEvent> before = carol.events();
      assertThat(before).startsWith(VaultEvent.CLAIMED).endsWith(VaultEvent.WITNESSED);
      for (int round = 0; round < 2; round++) {
        TestDevice other = earlier.device("carol.second");
        assertThat(other.login(earlier.bytes("carol.record"), EarlierReleaseVault.PASSWORD))
            .isEqualTo(earlier.bytes("carol.wrap"));
        earlier.restart();
      }
      TestDevice again = earlier.device("carol.first");
      assertThat(again.events()).startsWith(before.toArray(VaultEvent[]::new));
      assertThat(again.events()).hasSize(before.size() + 4);
      assertThat(again.attemptsLeft()).isEqualTo(10);
      assertThat(again.status().attempts().lifetimeLeft()).isEqualTo(47);
    }
  }

  @Test
  @DisplayName("HK1-V-36: a freeze from before gets an end, and either ends it")
  void a_freeze_gets_an_end() throws Exception {
    try (EarlierReleaseVault earlier = new EarlierReleaseVault(folder, SOON)) {
      TestDevice alice = earlier.device("alice.first");
      StatusDone status = alice.status();
      assertThat(status.record().frozen()).isTrue();
      LedgerEntry told = status.receipts().getLast().entry();
      Instant end = earlier.clock.instant().plus(VaultLimits.FREEZE_FOR);
      assertThat(told.event()).isEqualTo(VaultEvent.FROZEN);
      assertThat(told.dueSeconds()).isEqualTo(end.getEpochSecond());
      byte[] record = earlier.bytes("alice.record");
      assertThat(refusal(alice.start(record, EarlierReleaseVault.PASSWORD).reply()))
          .isEqualTo(VaultRefusal.FROZEN);

      earlier.clock.set(end);
      earlier.vault().sweep();
      assertThat(alice.login(record, EarlierReleaseVault.PASSWORD))
          .isEqualTo(earlier.bytes("alice.wrap"));
      assertThat(alice.receipt(alice.order(Order.FREEZE, NO_ARGUMENT)).entry().event())
          .isEqualTo(VaultEvent.FROZEN);
      alice.receipt(alice.order(Order.UNFREEZE, NO_ARGUMENT));
      assertThat(alice.status().record().frozen()).isFalse();
    }
  }

  @Test
  @DisplayName("HK1-V-34: what was announced before keeps its date")
  void an_announcement_keeps_its_date() throws Exception {
    try (EarlierReleaseVault earlier = new EarlierReleaseVault(folder, SOON)) {
      TestDevice bob = earlier.device("bob.first");
      StatusDone.Announced announced = bob.status().announced();
      assertThat(announced.what()).isEqualTo(Announcement.REPLACE);
      assertThat(announced.dueSeconds()).isEqualTo(earlier.number("bob.due"));
      assertThat(bob.hear().announced()).isEqualTo(announced);
      assertThat(bob.login(earlier.bytes("bob.record"), EarlierReleaseVault.PASSWORD))
          .isEqualTo(earlier.bytes("bob.wrap"));

      earlier.clock.set(Instant.ofEpochSecond(announced.dueSeconds()));
      earlier.vault().sweep();
      assertThat(bob.login(earlier.bytes("bob.next.record"), "another password of bob"))
          .isEqualTo(earlier.bytes("bob.next.wrap"));
      assertThat(bob.status().record().state()).isEqualTo(RecordState.ACTIVE);
    }
  }

  @Test
  @DisplayName("HK1-V-34: witnessed devices are of their set, others once they show that they are")
  void witnessed_devices_are_known() throws Exception {
    try (EarlierReleaseVault earlier = new EarlierReleaseVault(folder, SOON)) {
      assertThat(earlier.knows("carol.first")).isTrue();
      assertThat(earlier.knows("carol.second")).isFalse();
      TestDevice second = earlier.device("carol.second");
      second.login(earlier.bytes("carol.record"), EarlierReleaseVault.PASSWORD);
      assertThat(earlier.knows("carol.first")).isTrue();
      assertThat(earlier.knows("carol.second")).isTrue();
    }
  }

  @Test
  @DisplayName("HK1-V-35: after a long rest the vault serves, and its time is behind")
  void a_long_rest_is_no_outage() throws Exception {
    try (EarlierReleaseVault earlier = new EarlierReleaseVault(folder, Duration.ofDays(20))) {
      TestDevice carol = earlier.device("carol.second");
      assertThat(carol.login(earlier.bytes("carol.record"), EarlierReleaseVault.PASSWORD))
          .isEqualTo(earlier.bytes("carol.wrap"));
      assertThat(earlier.vault().behindHost()).isGreaterThan(Duration.ofDays(19));
      earlier.clock.advance(Duration.ofDays(8));
      assertThat(earlier.vault().behindHost()).isLessThan(Duration.ofDays(20));
      earlier.restart();
      assertThat(carol.attemptsLeft()).isEqualTo(10);
    }
  }
}
