package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.hikae.vault.database.InMemoryVaultStore.Disk;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.hikae.vault.database.InMemoryVaultStore.ProcessKilledException;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.junit.jupiter.api.Test;

/** The contract in memory, and what tests of core lean on: snapshots and planned breaks. */
class InMemoryVaultStoreTest extends VaultStoreContract {

  private Disk disk;

  @Override
  void makeDatabase() {
    disk = new Disk();
  }

  @Override
  VaultStore process() {
    return new InMemoryVaultStore(disk);
  }

  @Override
  void cut(VaultStore holder) {
    ((InMemoryVaultStore) holder).loseLease();
  }

  private InMemoryVaultStore memory() {
    return (InMemoryVaultStore) store;
  }

  private static void fourWrites(Rows rows) {
    rows.putAccount(ALICE, bytes("x"), 1);
    rows.append(row(rows.rows(0, 100).size() + 1, ALICE));
    rows.putSecret(SecretKind.RECORD, secret(ALICE, 1, "x"), 1);
    rows.putNote("n", bytes("x"));
  }

  private static int rowsIn(VaultStore in) {
    return in.transact(rows -> rows.rows(0, 100).size());
  }

  @Test
  void a_snapshot_is_gone_back_to_as_often_as_wanted() {
    StoreSnapshot empty = memory().snapshot();
    write(store, InMemoryVaultStoreTest::fourWrites);
    StoreSnapshot one = memory().snapshot();
    write(store, InMemoryVaultStoreTest::fourWrites);
    write(store, rows -> rows.removeNote("n"));
    for (int i = 0; i < 2; i++) {
      memory().restore(one);
      assertThat(rowsIn(store)).isEqualTo(1);
      write(store, rows -> assertThat(rows.note("n")).isPresent());
      write(store, InMemoryVaultStoreTest::fourWrites);
      assertThat(rowsIn(store)).isEqualTo(2);
      memory().restore(empty);
      assertThat(rowsIn(store)).isZero();
      write(store, rows -> assertThat(rows.account(ALICE)).isEmpty());
    }
  }

  @Test
  void an_outage_at_any_write_keeps_nothing_and_costs_the_lease() {
    write(store, InMemoryVaultStoreTest::fourWrites);
    for (int number = 1; number <= 4; number++) {
      memory().breakAt(FailureMoment.WRITE, number, FailureEffect.OUTAGE);
      unavailable(() -> write(store, InMemoryVaultStoreTest::fourWrites));
      assertThat(memory().isBreakAhead()).isFalse();
      unavailable(() -> rowsIn(store));
      assertThat(store.lease()).isTrue();
      assertThat(rowsIn(store)).isEqualTo(1);
    }
    memory().breakAt(FailureMoment.WRITE, 5, FailureEffect.OUTAGE);
    write(store, InMemoryVaultStoreTest::fourWrites);
    assertThat(memory().isBreakAhead()).isTrue();
    memory().breakNever();
    write(store, InMemoryVaultStoreTest::fourWrites);
    assertThat(rowsIn(store)).isEqualTo(3);
    assertThat(memory().writes()).isEqualTo(1 + 2 + 3 + 4 + 3 * 4);
  }

  @Test
  void an_outage_at_the_commit_keeps_all_or_nothing() {
    memory().breakAt(FailureMoment.BEFORE_COMMIT, 1, FailureEffect.OUTAGE);
    unavailable(() -> write(store, InMemoryVaultStoreTest::fourWrites));
    assertThat(store.lease()).isTrue();
    assertThat(rowsIn(store)).isZero();
    memory().breakAt(FailureMoment.AFTER_COMMIT, 2, FailureEffect.OUTAGE);
    write(store, InMemoryVaultStoreTest::fourWrites);
    unavailable(() -> write(store, InMemoryVaultStoreTest::fourWrites));
    unavailable(() -> rowsIn(store));
    assertThat(store.lease()).isTrue();
    assertThat(rowsIn(store)).isEqualTo(2);
  }

  @Test
  void a_killed_process_stays_dead_and_leaves_all_or_nothing_to_the_next() {
    int kept = 0;
    for (FailureMoment moment : FailureMoment.values()) {
      InMemoryVaultStore dying = new InMemoryVaultStore(disk);
      store.close();
      assertThat(dying.lease()).isTrue();
      dying.breakAt(moment, 1, FailureEffect.KILL);
      assertThatExceptionOfType(ProcessKilledException.class)
          .isThrownBy(() -> write(dying, InMemoryVaultStoreTest::fourWrites));
      assertThatExceptionOfType(ProcessKilledException.class).isThrownBy(dying::lease);
      assertThatExceptionOfType(ProcessKilledException.class).isThrownBy(() -> rowsIn(dying));
      InMemoryVaultStore next = new InMemoryVaultStore(dying.disk());
      assertThat(next.lease()).isTrue();
      kept += moment == FailureMoment.AFTER_COMMIT ? 1 : 0;
      assertThat(rowsIn(next)).isEqualTo(kept);
      assertThat(next.commits()).isEqualTo(1);
      next.kill();
    }
  }
}
