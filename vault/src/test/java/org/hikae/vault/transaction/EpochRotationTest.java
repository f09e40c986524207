package org.hikae.vault.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Weeks, keys of weeks, and what their end means. */
@DisplayName("HK1-V-17: real erasure")
class EpochRotationTest extends RegisteredVaultTestBase {

  private Secret secret() {
    return fixture.store.transact(
        rows -> rows.secret(Hash256.of(registered.credId())).orElseThrow());
  }

  private int epoch() {
    return EpochRotation.at(fixture.clock.instant().toEpochMilli());
  }

  @Test
  @DisplayName("HK1-V-17: live records are sealed anew each week, and open as before")
  void live_records_move_to_the_present_epoch() {
    Secret before = secret();
    fixture.clock.advance(EpochRotation.EPOCH);
    fixture.vault.sweep();

    assertThat(secret().epoch()).isEqualTo(epoch()).isEqualTo(before.epoch() + 1);
    assertThat(secret().sealed()).isNotEqualTo(before.sealed());
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName(
      "HK1-V-17: the key of a week goes when no backup may be older; what was erased is gone")
  void old_keys_are_destroyed() {
    Secret kept = secret();
    RecordSealer seal =
        new RecordSealer(fixture.root, fixture.epochs, VaultFixture.TENANT, fixture.random);
    Hash256 expected =
        fixture.account("alice").record(kept.id()).orElseThrow().origin().uploadHash();
    device.finish(device.start(registered.credId(), PASSWORD), Operation.RETIRE);
    LedgerEntry retired = device.status().receipts().getLast().entry();
    long promised =
        (kept.epoch() + 1L) * EpochRotation.EPOCH.toSeconds() + VaultFixture.RETENTION.toSeconds();

    assertThat(retired.event()).isEqualTo(VaultEvent.RETIRED);
    assertThat(retired.dueSeconds()).isEqualTo(promised);
    fixture.clock.advance(
        Duration.ofSeconds(promised - fixture.clock.instant().getEpochSecond() - 1));
    fixture.vault.sweep();
    assertThat(seal.open(kept, expected).wrap()).as("a stolen copy").isEqualTo(registered.wrap());
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.vault.sweep();

    assertThat(fixture.epochs.existing()).doesNotContain(kept.epoch());
    assertThatThrownBy(() -> seal.open(kept, expected)).isInstanceOf(UnavailableException.class);
  }

  @Test
  @DisplayName("HK1-V-17: no key is destroyed while a live record still needs it")
  void a_key_in_use_stays() {
    for (int i = 0; i < VaultLimits.STEP + 5; i++) {
      fixture.device("employee" + i).register(PASSWORD);
    }
    device.login(registered.credId(), PASSWORD);
    fixture.clock.advance(VaultFixture.RETENTION.plus(EpochRotation.EPOCH.multipliedBy(2)));
    fixture.vault.sweep();
    fixture.vault.sweep();
    fixture.vault.sweep();

    assertThat(fixture.epochs.existing()).isNotEmpty().allMatch(key -> key >= epoch() - 5);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }
}
