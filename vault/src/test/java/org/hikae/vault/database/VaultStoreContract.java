package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.hk1.Hash256;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.junit.jupiter.api.Test;

/**
 * What every {@link VaultStore} does. A store that passes may stand in for another in all tests of
 * core. Time budget on two busy cores: 6 s in memory; 40 s for H2 and 90 s for PostgreSQL, most of
 * it forcing the disk, starting child processes and starting three servers.
 */
abstract class VaultStoreContract extends StoreFixture {

  @Test
  void an_account_is_written_replaced_and_read_in_and_after_its_transaction() {
    byte[] first = bytes("first");
    write(
        store,
        rows -> {
          assertThat(rows.account(ALICE)).isEmpty();
          rows.putAccount(ALICE, first, 5);
          assertThat(rows.account(ALICE)).hasValue(bytes("first"));
        });
    Arrays.fill(first, (byte) 0);
    write(
        store,
        rows -> {
          assertThat(rows.account(ALICE)).hasValue(bytes("first"));
          rows.account(ALICE).ifPresent(handedOut -> Arrays.fill(handedOut, (byte) 0));
          assertThat(rows.account(ALICE)).hasValue(bytes("first"));
          rows.putAccount(ALICE, new byte[0], 6);
          assertThat(rows.account(ALICE)).hasValue(new byte[0]);
          assertThat(rows.account(BOB)).isEmpty();
        });
    write(store, rows -> assertThat(rows.account(ALICE)).hasValue(new byte[0]));
  }

  @Test
  void due_accounts_come_longest_due_first() {
    write(
        store,
        rows -> {
          rows.putAccount(DAVE, bytes("d"), 10);
          rows.putAccount(BOB, bytes("b"), 20);
          rows.putAccount(ALICE, bytes("a"), 20);
          rows.putAccount(CAROL, bytes("c"), Long.MAX_VALUE);
          assertThat(rows.due(9, 10)).isEmpty();
          assertThat(rows.due(19, 10)).containsExactly(DAVE);
          assertThat(rows.due(20, 10)).containsExactly(DAVE, ALICE, BOB);
          assertThat(rows.due(20, 2)).containsExactly(DAVE, ALICE);
          assertThat(rows.due(20, 0)).isEmpty();
          rows.putAccount(DAVE, bytes("d"), 30);
        });
    write(store, rows -> assertThat(rows.due(30, 10)).containsExactly(ALICE, BOB, DAVE));
  }

  @Test
  void employees_ascend_by_their_unsigned_bytes() {
    write(
        store,
        rows -> {
          for (Hash256 employee : List.of(DAVE, CAROL, ALICE, BOB)) {
            rows.putAccount(employee, bytes("x"), 0);
          }
          assertThat(rows.employees(Hash256.ZERO, 10)).containsExactly(ALICE, BOB, CAROL, DAVE);
          assertThat(rows.employees(Hash256.ZERO, 2)).containsExactly(ALICE, BOB);
          assertThat(rows.employees(BOB, 10)).containsExactly(CAROL, DAVE);
          assertThat(rows.employees(name(0x81), 10)).containsExactly(DAVE);
          assertThat(rows.employees(DAVE, 10)).isEmpty();
        });
  }

  @Test
  void rows_of_the_ledger_are_found_by_number_and_by_employee() {
    write(
        store,
        rows -> {
          assertThat(rows.rows(0, 10)).isEmpty();
          rows.append(row(1, ALICE));
          rows.append(row(2, BOB));
          rows.append(row(3, ALICE));
          rows.append(row(70, ALICE));
          assertThat(rows.row(70)).isPresent();
        });
    write(
        store,
        rows -> {
          LedgerRow found = rows.row(3).orElseThrow();
          assertThat(found.entry().encode()).isEqualTo(row(3, ALICE).entry().encode());
          assertThat(found.mac()).isEqualTo(row(3, ALICE).mac());
          assertThat(rows.row(4)).isEmpty();
          assertThat(numbers(rows.rows(0, 10))).containsExactly(1L, 2L, 3L, 70L);
          assertThat(numbers(rows.rows(1, 2))).containsExactly(2L, 3L);
          assertThat(numbers(rows.rows(3, 1))).containsExactly(70L);
          assertThat(rows.rows(70, 10)).isEmpty();
          assertThat(numbers(rows.rowsOf(ALICE, 0, 10))).containsExactly(1L, 3L, 70L);
          assertThat(numbers(rows.rowsOf(ALICE, 1, 1))).containsExactly(3L);
          assertThat(rows.rowsOf(CAROL, 0, 10)).isEmpty();
        });
  }

  @Test
  void a_row_whose_number_is_not_higher_undoes_its_transaction() {
    write(store, rows -> rows.append(row(5, ALICE)));
    for (long seq : new long[] {5, 4, 1, 0, -1}) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  write(
                      store,
                      rows -> {
                        rows.putNote("before", bytes("x"));
                        rows.append(row(seq, BOB));
                      }));
    }
    write(
        store,
        rows -> {
          assertThat(rows.note("before")).isEmpty();
          assertThat(numbers(rows.rows(0, 10))).containsExactly(5L);
          rows.append(row(6, BOB));
        });
  }

  @Test
  void the_first_row_must_have_a_positive_number() {
    assertThatIllegalStateException()
        .isThrownBy(() -> write(store, rows -> rows.append(row(0, BOB))));
  }

  @Test
  void a_secret_is_written_replaced_and_erased() {
    write(
        store,
        rows -> {
          assertThat(rows.secret(ALICE)).isEmpty();
          rows.eraseSecret(ALICE);
          rows.putSecret(SecretKind.LOGIN, secret(ALICE, 1, "login"), 10);
          rows.putSecret(SecretKind.RECORD, secret(ALICE, 2, "record"), 20);
          rows.putSecret(SecretKind.RECORD, secret(BOB, 3, "other"), 20);
        });
    write(
        store,
        rows -> {
          Secret found = rows.secret(ALICE).orElseThrow();
          assertThat(found.id()).isEqualTo(ALICE);
          assertThat(found.epoch()).isEqualTo(2);
          assertThat(found.sealed()).isEqualTo(bytes("record"));
          assertThat(rows.eraseLogins(Long.MAX_VALUE, 10)).as("it is a record now").isZero();
          rows.eraseSecret(ALICE);
          assertThat(rows.secret(ALICE)).isEmpty();
        });
    write(
        store,
        rows -> {
          assertThat(rows.secret(ALICE)).isEmpty();
          assertThat(rows.secret(BOB)).isPresent();
        });
  }

  @Test
  void secrets_of_records_of_earlier_epochs_come_oldest_first() {
    write(
        store,
        rows -> {
          rows.putSecret(SecretKind.RECORD, secret(ALICE, 3, "a"), 1);
          rows.putSecret(SecretKind.RECORD, secret(DAVE, 1, "d"), 2);
          rows.putSecret(SecretKind.RECORD, secret(CAROL, 1, "c"), 3);
          rows.putSecret(SecretKind.RECORD, secret(BOB, 4, "b"), 4);
          rows.putSecret(SecretKind.LOGIN, secret(name(9), 1, "login"), 5);
          assertThat(sealed(rows.secretsBefore(4, 10))).containsExactly("c", "d", "a");
          assertThat(sealed(rows.secretsBefore(4, 2))).containsExactly("c", "d");
          assertThat(rows.secretsBefore(1, 10)).isEmpty();
        });
  }

  @Test
  void old_logins_are_erased_oldest_first_and_records_stay() {
    write(
        store,
        rows -> {
          rows.putSecret(SecretKind.LOGIN, secret(ALICE, 1, "a"), 30);
          rows.putSecret(SecretKind.LOGIN, secret(BOB, 1, "b"), 10);
          rows.putSecret(SecretKind.LOGIN, secret(CAROL, 1, "c"), 20);
          rows.putSecret(SecretKind.RECORD, secret(DAVE, 1, "d"), 10);
        });
    write(
        store,
        rows -> {
          assertThat(rows.eraseLogins(10, 10)).isZero();
          assertThat(rows.eraseLogins(30, 1)).isEqualTo(1);
          assertThat(rows.secret(BOB)).isEmpty();
          assertThat(rows.secret(CAROL)).isPresent();
          assertThat(rows.eraseLogins(30, 10)).isEqualTo(1);
          assertThat(rows.secret(ALICE)).isPresent();
          assertThat(rows.secret(DAVE)).isPresent();
        });
  }

  @Test
  void a_note_is_written_replaced_and_removed() {
    write(
        store,
        rows -> {
          assertThat(rows.note("n")).isEmpty();
          rows.removeNote("n");
          rows.putNote("n", new byte[1_000_000]);
          rows.putNote("other", bytes("other"));
        });
    write(
        store,
        rows -> {
          assertThat(rows.note("n")).hasValue(new byte[1_000_000]);
          rows.putNote("n", bytes("short"));
          assertThat(rows.note("n")).hasValue(bytes("short"));
        });
    write(
        store,
        rows -> {
          assertThat(rows.note("n")).hasValue(bytes("short"));
          rows.putNote("n", new byte[0]);
          assertThat(rows.note("n")).hasValue(new byte[0]);
          rows.removeNote("n");
        });
    write(
        store,
        rows -> {
          assertThat(rows.note("n")).isEmpty();
          assertThat(rows.note("other")).hasValue(bytes("other"));
        });
  }

  @Test
  void the_longest_values_are_kept_and_longer_ones_refused() {
    byte[] note = new byte[64 << 20];
    for (int i = 0; i < note.length; i += 4093) {
      note[i] = (byte) (i >> 12);
    }
    byte[] value = new byte[1 << 20];
    String name = "n".repeat(64);
    write(store, rows -> rows.putNote(name, note));
    write(store, rows -> rows.putAccount(ALICE, value, 0));
    write(store, rows -> rows.putSecret(SecretKind.RECORD, new Secret(BOB, 1, value), 0));
    Optional<byte[]> read = store.transact(rows -> rows.note(name));
    assertThat(Arrays.equals(read.orElseThrow(), note)).isTrue();
    write(store, rows -> assertThat(rows.account(ALICE)).hasValue(value));
    write(store, rows -> assertThat(rows.secret(BOB).orElseThrow().sealed()).isEqualTo(value));

    byte[] longer = new byte[value.length + 1];
    refused(rows -> rows.putNote("n", new byte[note.length + 1]));
    refused(rows -> rows.putNote("n".repeat(65), bytes("x")));
    refused(rows -> rows.note(""));
    refused(rows -> rows.putAccount(ALICE, longer, 0));
    refused(rows -> rows.putSecret(SecretKind.LOGIN, new Secret(BOB, 1, longer), 0));
    refused(rows -> rows.rows(0, -1));
    refused(rows -> rows.due(0, -1));
  }

  private void refused(Consumer<Rows> work) {
    assertThatIllegalArgumentException().isThrownBy(() -> write(store, work));
  }

  private static void writeEverywhere(Rows rows) {
    rows.putAccount(ALICE, bytes("new"), 1);
    rows.putAccount(BOB, bytes("new"), 1);
    rows.append(row(2, BOB));
    rows.eraseSecret(CAROL);
    rows.putSecret(SecretKind.RECORD, secret(DAVE, 1, "new"), 1);
    rows.putNote("kept", bytes("new"));
    rows.putNote("note", bytes("new"));
  }

  private void writeBefore() {
    write(
        store,
        rows -> {
          rows.putAccount(ALICE, bytes("kept"), 9);
          rows.append(row(1, ALICE));
          rows.putSecret(SecretKind.RECORD, secret(CAROL, 1, "kept"), 1);
          rows.putNote("kept", bytes("kept"));
        });
  }

  static void assertOnlyBefore(VaultStore in) {
    write(
        in,
        rows -> {
          assertThat(rows.account(ALICE)).hasValue(bytes("kept"));
          assertThat(rows.due(8, 10)).isEmpty();
          assertThat(rows.account(BOB)).isEmpty();
          assertThat(numbers(rows.rows(0, 10))).containsExactly(1L);
          assertThat(rows.secret(CAROL)).isPresent();
          assertThat(rows.secret(DAVE)).isEmpty();
          assertThat(rows.note("kept")).hasValue(bytes("kept"));
          assertThat(rows.note("note")).isEmpty();
        });
  }

  @Test
  void nothing_is_kept_of_work_that_throws() {
    writeBefore();
    RuntimeException mine = new RuntimeException("mine");
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () ->
                write(
                    store,
                    rows -> {
                      writeEverywhere(rows);
                      throw mine;
                    }))
        .isSameAs(mine);
    assertOnlyBefore(store);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                write(
                    store,
                    rows -> {
                      writeEverywhere(rows);
                      throw new AssertionError();
                    }));
    assertOnlyBefore(store);
  }

  @Test
  void rows_are_of_no_use_after_their_transaction() {
    Rows leaked = store.transact(rows -> rows);
    assertThatIllegalStateException().isThrownBy(() -> leaked.note("n"));
    assertThatIllegalStateException().isThrownBy(() -> leaked.putNote("n", bytes("x")));
  }

  @Test
  void the_store_is_not_used_inside_its_own_transaction() {
    assertThatIllegalStateException()
        .isThrownBy(() -> write(store, rows -> store.transact(inner -> inner)));
    assertThatIllegalStateException().isThrownBy(() -> write(store, rows -> store.lease()));
    assertThatIllegalStateException().isThrownBy(() -> write(store, rows -> store.close()));
    write(store, rows -> assertThat(rows.note("n")).isEmpty());
  }

  @Test
  void nobody_transacts_without_the_lease() {
    VaultStore second = another();
    unavailable(() -> second.transact(rows -> rows));
    assertThat(second.lease()).isFalse();
    unavailable(() -> second.transact(rows -> rows));
    assertThat(store.lease()).isTrue();
    write(store, rows -> rows.putNote("n", bytes("first")));
  }

  @Test
  void closing_hands_the_lease_over_with_everything_that_was_written() {
    writeBefore();
    VaultStore second = another();
    assertThat(second.lease()).isFalse();
    store.close();
    assertThat(second.lease()).isTrue();
    assertOnlyBefore(second);
    store.close();
    assertOnlyBefore(second);
    unavailable(() -> store.transact(rows -> rows));
    unavailable(() -> store.lease());
  }

  @Test
  void a_lost_connection_is_a_lost_lease_which_another_takes() {
    writeBefore();
    VaultStore second = another();
    cut(store);
    unavailable(() -> store.transact(rows -> rows));
    unavailable(() -> store.transact(rows -> rows));
    awaitLease(second);
    assertThat(store.lease()).isFalse();
    assertOnlyBefore(second);
    write(second, rows -> rows.putNote("note", bytes("second's")));
    second.close();
    awaitLease(store);
    write(store, rows -> assertThat(rows.note("note")).hasValue(bytes("second's")));
  }

  @Test
  void a_lost_connection_is_taken_up_again_when_nobody_else_has_the_lease() {
    writeBefore();
    cut(store);
    awaitLease(store);
    assertOnlyBefore(store);
  }

  @Test
  void a_connection_lost_inside_a_transaction_keeps_nothing_of_it() {
    writeBefore();
    unavailable(
        () ->
            write(
                store,
                rows -> {
                  writeEverywhere(rows);
                  cut(store);
                  rows.putNote("later", bytes("x"));
                }));
    awaitLease(store);
    assertOnlyBefore(store);
  }

  @Test
  void work_that_hides_an_outage_is_not_committed() {
    writeBefore();
    unavailable(
        () ->
            write(
                store,
                rows -> {
                  writeEverywhere(rows);
                  cut(store);
                  unavailable(() -> rows.note("n"));
                  unavailable(() -> rows.note("n"));
                }));
    awaitLease(store);
    assertOnlyBefore(store);
  }

  @Test
  void a_connection_lost_before_the_commit_keeps_nothing() {
    writeBefore();
    unavailable(
        () ->
            write(
                store,
                rows -> {
                  writeEverywhere(rows);
                  cut(store);
                }));
    awaitLease(store);
    assertOnlyBefore(store);
  }
}
