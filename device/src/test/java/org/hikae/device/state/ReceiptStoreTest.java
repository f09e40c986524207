package org.hikae.device.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptStoreTest {

  private static final Hash256 EMPLOYEE = Hash256.sha256(new byte[1]);
  private static final String ROOT = Hash256.sha256(new byte[2]).hex();

  @TempDir private Path home;
  private ReceiptStore store;

  @BeforeEach
  void start() {
    store = new ReceiptStore(home.resolve("receipts"), EMPLOYEE, ROOT);
  }

  private static Receipt receipt(long seq, long employeePrevious) {
    return receipt(seq, employeePrevious, VaultEvent.WITNESSED);
  }

  private static Receipt receipt(long seq, long employeePrevious, VaultEvent event) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            Hash256.ZERO,
            seq,
            event,
            new LedgerEntry.Subject(EMPLOYEE, new byte[16], Hash256.ZERO, new byte[16]),
            employeePrevious,
            10,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    return new Receipt("demo", entry, Hash256.ZERO, new byte[Hk1Constants.SIGNATURE_BYTES]);
  }

  private List<Long> kept() throws Exception {
    return store.read().receipts().stream().map(receipt -> receipt.entry().seq()).toList();
  }

  @Test
  void keeps_each_number_once_in_order_whatever_came_first() throws Exception {
    assertThat(kept()).isEmpty();
    store.add(List.of(receipt(7, 4)));
    assertThat(store.read().wholeUpTo()).isZero();
    store.add(List.of(receipt(2, 0), receipt(4, 2), receipt(7, 4)));
    store.add(List.of(receipt(2, 0)));
    assertThat(kept()).containsExactly(2L, 4L, 7L);
    assertThat(store.read().wholeUpTo()).isEqualTo(7);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void another_row_under_a_known_number_is_an_alarm() throws Exception {
    store.add(List.of(receipt(2, 0)));
    assertThatThrownBy(() -> store.add(List.of(receipt(2, 0, VaultEvent.LOCKED))))
        .hasMessage("receipts.contradict");
  }

  @Test
  void a_record_cut_short_by_a_crash_is_overwritten() throws Exception {
    store.add(List.of(receipt(1, 0)));
    long whole = Files.size(store.file());
    store.add(List.of(receipt(2, 1)));
    byte[] both = Files.readAllBytes(store.file());
    for (long length = whole; length < both.length; length++) {
      Files.write(store.file(), Arrays.copyOf(both, (int) length));
      assertThat(kept()).containsExactly(1L);
      store.add(List.of(receipt(2, 1)));
      assertThat(Files.readAllBytes(store.file())).isEqualTo(both);
    }
    for (int length = 0; length < 16; length++) {
      Files.write(store.file(), Arrays.copyOf(both, length));
      assertThat(kept()).isEmpty();
      store.add(List.of(receipt(1, 0), receipt(2, 1)));
      assertThat(Files.readAllBytes(store.file())).isEqualTo(both);
    }
  }

  @Test
  void another_form_is_refused() throws Exception {
    store.add(List.of(receipt(1, 0)));
    byte[] bytes = Files.readAllBytes(store.file());
    for (int at : List.of(0, 16, 24)) {
      byte[] other = bytes.clone();
      other[at] ^= (byte) 0x80;
      Files.write(store.file(), other);
      assertThatThrownBy(store::read).as("at %d", at).hasMessage("receipts.damaged");
    }
  }

  @Test
  void the_older_half_is_left_out_when_the_file_is_full() throws Exception {
    store = new ReceiptStore(home.resolve("receipts"), EMPLOYEE, ROOT, 4000);
    for (int seq = 1; seq <= 40; seq++) {
      store.add(List.of(receipt(seq, seq - 1)));
      assertThat(store.read().wholeUpTo()).isEqualTo(seq);
      assertThat(Files.size(store.file())).isLessThanOrEqualTo(4000);
    }
    assertThat(store.read().base()).isPositive();
    assertThat(kept().getFirst()).isEqualTo(store.read().base() + 1);
    store.add(List.of(receipt(1, 0)));
    assertThat(kept()).as("what was left out does not come back").doesNotContain(1L);
  }

  @Test
  void a_restored_ledger_goes_on_behind_the_rows_it_lost() throws Exception {
    store.add(List.of(receipt(1, 0), receipt(2, 1), receipt(3, 2)));
    store.add(List.of(receipt(9, 1, VaultEvent.RESTORED), receipt(10, 9)));
    assertThat(store.read().wholeUpTo()).isEqualTo(10);
    store.add(List.of(receipt(20, 5)));
    assertThat(store.read().wholeUpTo()).isEqualTo(10);
  }

  @Test
  void each_vault_and_each_employee_has_a_file_of_its_own() {
    Path folder = home.resolve("receipts");
    assertThat(
            List.of(
                store.file(),
                new ReceiptStore(folder, Hash256.ZERO, ROOT).file(),
                new ReceiptStore(folder, EMPLOYEE, Hash256.ZERO.hex()).file()))
        .doesNotHaveDuplicates();
  }
}
