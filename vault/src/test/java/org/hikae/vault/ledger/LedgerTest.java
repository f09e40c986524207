package org.hikae.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.InstrumentedRootKey;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain by itself: each link that can be wrong, under codes that are right. */
@DisplayName("HK1-V-15: the chain")
class LedgerTest {

  private static final Hash256 ALICE = Hash256.sha256(new byte[] {1});
  private static final Hash256 BOB = Hash256.sha256(new byte[] {2});

  private final InMemoryVaultStore store = new InMemoryVaultStore();
  private final InstrumentedRootKey root =
      new InstrumentedRootKey(SoftwareRoot.generate(new SecureRandom()));
  private Ledger ledger;

  @BeforeEach
  void open() {
    assertThat(store.lease()).isTrue();
    ledger = new Ledger(root, VaultFixture.TENANT);
    append(1, Hash256.ZERO, VaultEvent.CLAIMED, ALICE, 0);
    append(2, ledger.head(), VaultEvent.WITNESSED, ALICE, 1);
  }

  private void append(long seq, Hash256 previous, VaultEvent event, Hash256 employee, long own) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            previous,
            1,
            event,
            new Subject(employee, Id128.NONE.toBytes(), Hash256.ZERO, Id128.NONE.toBytes()),
            own,
            10,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    put(new LedgerRow(entry, ledger.mac(entry)));
  }

  private void put(LedgerRow row) {
    store.transact(
        rows -> {
          rows.append(row);
          return row;
        });
    ledger.advance(row);
  }

  private Ledger loaded() {
    Ledger fresh = new Ledger(root, VaultFixture.TENANT);
    store.transact(
        rows -> {
          fresh.load(rows);
          return fresh;
        });
    return fresh;
  }

  @Test
  void a_whole_chain_is_read_as_it_was_written() {
    append(3, ledger.head(), VaultEvent.CLAIMED, BOB, 0);

    assertThat(loaded().point()).isEqualTo(ledger.point());
    assertThat(loaded().known(ALICE).seq()).isEqualTo(2);
    assertThat(loaded().known(BOB).seq()).isEqualTo(3);
  }

  @Test
  void each_reading_is_counted_and_begins_anew() {
    append(3, ledger.head(), VaultEvent.CLAIMED, BOB, 0);
    assertThat(ledger.loads()).isZero();
    for (long loads = 1; loads < 3; loads++) {
      store.write(ledger::load);
      assertThat(ledger.loads()).isEqualTo(loads);
    }
    assertThat(ledger.point()).isEqualTo(loaded().point());
  }

  @Test
  void rows_and_sums_of_another_company_are_not_this_ones() {
    Ledger other = new Ledger(root, "another company");
    assertThatThrownBy(() -> store.write(other::load))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("not in its chain");
    store.write(ledger::writeCheckpoint);
    assertThatThrownBy(() -> store.write(other::load))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("checkpoint is not what this vault wrote");
  }

  @Test
  void sums_of_rows_that_are_not_here_are_refused() {
    store.write(ledger::writeCheckpoint);
    byte[] sums = store.transact(rows -> rows.note("checkpoint")).orElseThrow();
    InMemoryVaultStore emptied = new InMemoryVaultStore();
    emptied.lease();
    emptied.write(rows -> rows.putNote("checkpoint", sums));

    assertThatThrownBy(() -> emptied.write(ledger::load))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("checkpoint is not of this ledger");
  }

  @Test
  @DisplayName("HK1-V-37: a row that this process wrote or checked costs no call of the token")
  void a_row_is_checked_once() {
    int before = root.codes();
    assertThat(all(ledger)).hasSize(2);
    assertThat(root.codes()).as("written here").isEqualTo(before);

    Ledger fresh = new Ledger(root, VaultFixture.TENANT);
    store.write(fresh::load);
    int loaded = root.codes();
    assertThat(all(fresh)).hasSize(2);
    assertThat(root.codes()).as("checked when it was loaded").isEqualTo(loaded);
  }

  private List<LedgerRow> all(Ledger by) {
    return store.transact(rows -> by.reader().after(rows, 0, 9));
  }

  @Test
  @DisplayName("HK1-V-37: a row under its old code is edited, also where only its code is compared")
  void an_edited_row_is_not_in_the_ledger() {
    LedgerRow genuine = store.transact(rows -> rows.row(2).orElseThrow());
    LedgerEntry entry = genuine.entry();
    LedgerEntry edited =
        new LedgerEntry(
            2,
            entry.previous(),
            entry.atMillis() + 1,
            entry.event(),
            entry.subject(),
            entry.employeePrevious(),
            entry.attemptsLeft(),
            entry.dueSeconds(),
            entry.detail(),
            entry.stateHash());
    InMemoryVaultStore other = new InMemoryVaultStore();
    other.lease();
    other.write(rows -> rows.append(new LedgerRow(edited, genuine.mac())));

    assertThat(isIn(store, genuine.mac())).isTrue();
    assertThat(isIn(store, Hash256.ZERO)).isFalse();
    assertThatThrownBy(() -> isIn(other, genuine.mac()))
        .isInstanceOf(TamperedException.class)
        .hasMessageContaining("was edited");
  }

  private boolean isIn(InMemoryVaultStore of, Hash256 mac) {
    return of.transact(rows -> ledger.isIn(rows, 2, mac));
  }

  @Test
  @DisplayName("HK1-V-15: the anchor is a row of the chain, or of what a reopening gave up")
  void the_anchor_is_compared_with_the_row_that_it_names() {
    Hash256 first = store.transact(rows -> rows.row(1).orElseThrow()).mac();
    assertThat(behind(1, first)).isEmpty();
    assertThat(behind(2, ledger.head())).isEmpty();
    assertThat(behind(1, ledger.head())).get().asString().contains("Row 1");
    assertThat(behind(3, ledger.head())).get().asString().contains("ends at row 2");

    append(9, ledger.head(), VaultEvent.RESTORED, Ledger.NOBODY, 0);
    assertThat(behind(3, first)).as("given up").isEmpty();
    assertThat(behind(9, first)).as("the reopening itself").isPresent();
  }

  private Optional<String> behind(long seq, Hash256 head) {
    return store.transact(rows -> ledger.behind(rows, new LedgerAnchor.Point(seq, head)));
  }

  @Test
  void sums_are_due_after_so_many_rows() {
    long many = VaultLimits.CHECKPOINT_ROWS;
    assertThat(wantsCheckpointAt(many - 1)).isFalse();
    assertThat(wantsCheckpointAt(many)).isTrue();
    store.write(ledger::writeCheckpoint);
    assertThat(ledger.wantsCheckpoint()).isFalse();
    assertThat(wantsCheckpointAt(2 * many - 1)).isFalse();
    assertThat(wantsCheckpointAt(2 * many)).isTrue();
  }

  private boolean wantsCheckpointAt(long seq) {
    LedgerRow last = store.transact(rows -> rows.row(2).orElseThrow());
    LedgerEntry entry = last.entry();
    LedgerEntry later =
        new LedgerEntry(
            seq,
            last.mac(),
            1,
            entry.event(),
            entry.subject(),
            2,
            10,
            0,
            entry.detail(),
            entry.stateHash());
    ledger.advance(new LedgerRow(later, ledger.mac(later)));
    return ledger.wantsCheckpoint();
  }

  @Test
  void the_founding_is_no_reopening() {
    assertThat(ledger.reopenedAt()).isZero();
    ledger = new Ledger(root, VaultFixture.TENANT);
    LedgerEntry founding =
        new LedgerEntry(
            1,
            Hash256.ZERO,
            1,
            VaultEvent.FOUNDED,
            new Subject(Ledger.NOBODY, Id128.NONE.toBytes(), Hash256.ZERO, Id128.NONE.toBytes()),
            0,
            0,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    ledger.advance(new LedgerRow(founding, ledger.mac(founding)));
    assertThat(ledger.reopenedAt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void a_wrong_link_is_refused(int which) {
    switch (which) {
      case 0 -> append(4, ledger.head(), VaultEvent.WITNESSED, ALICE, 2);
      case 1 -> append(4, ledger.head(), VaultEvent.RESTORED, ALICE, 2);
      case 2 -> append(3, Hash256.ZERO, VaultEvent.WITNESSED, ALICE, 2);
      case 3 -> append(3, ledger.head(), VaultEvent.WITNESSED, ALICE, 1);
      default -> {
        append(3, ledger.head(), VaultEvent.WITNESSED, ALICE, 2);
        LedgerRow last = store.transact(rows -> rows.row(3).orElseThrow());
        LedgerEntry entry = last.entry();
        put(
            new LedgerRow(
                new LedgerEntry(
                    4,
                    last.mac(),
                    2,
                    entry.event(),
                    entry.subject(),
                    3,
                    10,
                    0,
                    entry.detail(),
                    entry.stateHash()),
                Hash256.ZERO));
      }
    }
    assertThatThrownBy(this::loaded).isInstanceOf(TamperedException.class);
  }

  @Test
  @DisplayName("HK1-V-33: what was lost before a reopening is given up, and nothing after it")
  void what_lies_before_a_reopening_is_given_up() {
    assertThat(ledger.isGivenUp(1)).as("nothing was ever reopened").isFalse();
    append(9, ledger.head(), VaultEvent.RESTORED, Ledger.NOBODY, 0);
    append(10, ledger.head(), VaultEvent.WITNESSED, ALICE, 2);

    Ledger read = loaded();
    assertThat(read.seq()).isEqualTo(10);
    assertThat(List.of(2L, 3L, 8L, 9L, 11L).stream().map(read::isGivenUp))
        .containsExactly(true, true, true, false, false);
  }
}
