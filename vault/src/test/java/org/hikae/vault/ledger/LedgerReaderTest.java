package org.hikae.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.Id128;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.InstrumentedRootKey;
import org.hikae.vault.testing.LedgerTamperingStore;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows as somebody makes them who can write the store. */
@DisplayName("HK1-V-37: rows are checked when they are read")
class LedgerReaderTest {

  private static final Hash256 ALICE = Hash256.sha256(new byte[] {1});
  private static final Hash256 BOB = Hash256.sha256(new byte[] {2});
  private static final int ALL = 100;

  private final SoftwareRoot root = SoftwareRoot.generate(new SecureRandom());
  private final LedgerTamperingStore store = new LedgerTamperingStore(new InMemoryVaultStore());
  private final Ledger ledger = new Ledger(root, VaultFixture.TENANT);

  /** Rows 1 to 6, of Alice 2, 3 and 5; then a reopening at 20 with a row for her. */
  @BeforeEach
  void open() {
    assertThat(store.lease()).isTrue();
    append(1, VaultEvent.FOUNDED, Ledger.NOBODY);
    append(2, VaultEvent.CLAIMED, ALICE);
    append(3, VaultEvent.WITNESSED, ALICE);
    append(4, VaultEvent.CLAIMED, BOB);
    append(5, VaultEvent.WITNESSED, ALICE);
    append(6, VaultEvent.WITNESSED, BOB);
    append(20, VaultEvent.RESTORED, Ledger.NOBODY);
    append(21, VaultEvent.RESTORED, ALICE);
  }

  private void append(long seq, VaultEvent event, Hash256 employee) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            ledger.head(),
            1,
            event,
            new Subject(employee, Id128.NONE.toBytes(), Hash256.ZERO, Id128.NONE.toBytes()),
            ledger.known(employee).seq(),
            10,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    LedgerRow row = new LedgerRow(entry, ledger.mac(entry));
    store.transact(
        rows -> {
          rows.append(row);
          return row;
        });
    ledger.advance(row);
  }

  private List<Long> after(long after, int limit) {
    return store.transact(
        rows -> ledger.reader().after(rows, after, limit).stream().map(LedgerRow::seq).toList());
  }

  private List<Long> of(Hash256 employee, long after, int limit) {
    return store.transact(
        rows ->
            ledger.reader().after(rows, employee, after, limit).stream()
                .map(LedgerRow::seq)
                .toList());
  }

  private LedgerRow row(Hash256 employee, long seq) {
    return store.transact(rows -> ledger.reader().row(rows, employee, seq));
  }

  private static UnaryOperator<List<LedgerRow>> without(long... gone) {
    List<Long> numbers = LongStream.of(gone).boxed().toList();
    return rows -> {
      List<LedgerRow> left = new ArrayList<>(rows);
      left.removeIf(row -> numbers.contains(row.seq()));
      return left;
    };
  }

  @Test
  void whole_pages_are_read_as_they_were_written() {
    assertThat(after(0, ALL)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 20L, 21L);
    assertThat(after(2, 3)).containsExactly(3L, 4L, 5L);
    assertThat(after(12, ALL)).as("in a gap").containsExactly(20L, 21L);
    assertThat(after(21, ALL)).isEmpty();
    assertThat(after(99, ALL)).as("who has seen more").isEmpty();
    assertThat(of(ALICE, 0, ALL)).containsExactly(2L, 3L, 5L, 21L);
    assertThat(of(ALICE, 4, 1)).containsExactly(5L);
    assertThat(of(ALICE, 15, ALL)).as("who has what was lost").containsExactly(21L);
    assertThat(of(BOB, 6, ALL)).isEmpty();
    assertThat(of(Hash256.ZERO, 1, ALL)).containsExactly(20L);
    assertThat(row(ALICE, 3).seq()).isEqualTo(3);
  }

  @Test
  void a_row_that_is_gone_is_missed_wherever_it_was() {
    for (long seq : new long[] {1, 2, 3, 4, 5, 6, 20, 21}) {
      store.lie = without(seq);
      assertThatThrownBy(() -> after(0, ALL)).as("%s", seq).isInstanceOf(TamperedException.class);
    }
    for (long seq : new long[] {2, 3, 5, 21}) {
      store.lie = without(seq);
      assertThatThrownBy(() -> of(ALICE, 0, ALL))
          .as("%s", seq)
          .isInstanceOf(TamperedException.class);
      assertThatThrownBy(() -> row(ALICE, seq)).isInstanceOf(TamperedException.class);
    }
    store.lie = without(3);
    assertThatThrownBy(() -> of(ALICE, 2, ALL)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> after(3, ALL)).as("before it").isInstanceOf(TamperedException.class);
    store.lie = without(3, 4);
    assertThatThrownBy(() -> after(3, ALL)).isInstanceOf(TamperedException.class);
    store.lie = rows -> List.of();
    assertThatThrownBy(() -> after(3, ALL)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> of(BOB, 0, ALL)).isInstanceOf(TamperedException.class);
  }

  @Test
  void somebody_elses_row_is_nobodys() {
    assertThatThrownBy(() -> row(BOB, 3)).isInstanceOf(TamperedException.class);
    LedgerRow bobs = row(BOB, 4);
    store.lie = rows -> List.of(bobs);
    assertThatThrownBy(() -> of(ALICE, 3, ALL)).isInstanceOf(TamperedException.class);
  }

  @Test
  void a_row_of_another_branch_does_not_follow() {
    LedgerRow third = row(ALICE, 3);
    LedgerEntry entry = third.entry();
    LedgerEntry other =
        new LedgerEntry(
            3,
            Hash256.ZERO,
            2,
            entry.event(),
            entry.subject(),
            entry.employeePrevious(),
            10,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    LedgerRow forked = new LedgerRow(other, ledger.mac(other));
    store.lie = rows -> rows.stream().map(row -> row.seq() == 3 ? forked : row).toList();
    assertThatThrownBy(() -> after(0, ALL)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> after(3, ALL)).isInstanceOf(TamperedException.class);
  }

  @Test
  void rows_that_were_forgotten_are_checked_by_the_root_again() {
    RowVerifier verifier = new RowVerifier(ledger);
    LedgerRow first = row(ALICE, 2);
    LedgerRow edited = new LedgerRow(first.entry(), Hash256.ZERO);
    verifier.remember(first);
    remember(verifier, 100, RowVerifier.REMEMBERED);
    assertThat(verifier.require(first)).isSameAs(first);
    assertThatThrownBy(() -> verifier.require(edited)).isInstanceOf(TamperedException.class);
  }

  private void remember(RowVerifier verifier, long from, int count) {
    LedgerRow first = row(ALICE, 2);
    for (int i = 0; i < count; i++) {
      verifier.remember(new LedgerRow(like(first, from + i), Hash256.ZERO));
    }
  }

  private static LedgerEntry like(LedgerRow row, long seq) {
    return new LedgerEntry(
        seq,
        Hash256.ZERO,
        1,
        VaultEvent.WITNESSED,
        row.entry().subject(),
        0,
        10,
        0,
        Hash256.ZERO,
        Hash256.ZERO);
  }

  /** What is recognised is not asked for: here a row that the root would refuse. */
  @Test
  void so_many_rows_are_recognised_without_the_root() {
    RowVerifier verifier = new RowVerifier(ledger);
    LedgerRow forged = new LedgerRow(row(ALICE, 2).entry(), Hash256.ZERO);
    verifier.remember(forged);
    remember(verifier, 100, RowVerifier.REMEMBERED - 1);
    assertThat(verifier.require(forged)).isSameAs(forged);
    remember(verifier, 100_000, 1);
    assertThatThrownBy(() -> verifier.require(forged)).isInstanceOf(TamperedException.class);
  }

  @Test
  void a_row_is_recognised_by_all_of_it() {
    RowVerifier verifier = new RowVerifier(ledger);
    LedgerRow first = row(ALICE, 2);
    verifier.remember(first);
    LedgerRow otherCode = new LedgerRow(first.entry(), Hash256.ZERO);
    LedgerRow otherEntry = new LedgerRow(like(first, 2), first.mac());
    assertThatThrownBy(() -> verifier.require(otherCode)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> verifier.require(otherEntry)).isInstanceOf(TamperedException.class);
  }

  @Test
  void a_row_is_checked_by_the_root_once() {
    AtomicInteger asked = new AtomicInteger();
    RootKey counting =
        new InstrumentedRootKey(root) {
          @Override
          public byte[] hmac(Transcript input) {
            asked.incrementAndGet();
            return super.hmac(input);
          }
        };
    RowVerifier verifier = new RowVerifier(new Ledger(counting, VaultFixture.TENANT));
    LedgerRow first = row(ALICE, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(verifier.require(first)).isSameAs(first);
    }
    assertThat(asked).hasValue(1);
  }
}
