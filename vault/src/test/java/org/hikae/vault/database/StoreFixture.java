package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hikae.hk1.Hash256;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that holds the lease of an empty database, and what tests write to it. */
abstract class StoreFixture {

  static final Hash256 ALICE = name(0x0a);
  static final Hash256 BOB = name(0x7f);
  static final Hash256 CAROL = name(0x80);
  static final Hash256 DAVE = name(0xff);

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final List<VaultStore> opened = new ArrayList<>();
  VaultStore store;

  /** Makes an empty database. */
  abstract void makeDatabase() throws Exception;

  /** A process more on the test's database, which has asked for nothing yet. */
  abstract VaultStore process();

  /** Ends the connection of the holder of the lease, whatever it is doing. */
  abstract void cut(VaultStore holder);

  @BeforeEach
  void open() throws Exception {
    makeDatabase();
    store = another();
    assertThat(store.lease()).isTrue();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(VaultStore::close);
  }

  final VaultStore another() {
    VaultStore made = process();
    opened.add(made);
    return made;
  }

  static Hash256 name(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    bytes[31] = 1;
    return Hash256.of(bytes);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static LedgerRow row(long seq, Hash256 employee) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            Hash256.sha256(bytes("previous " + seq)),
            1_700_000_000_000L + seq,
            VaultEvent.FOUNDED,
            new Subject(employee, new byte[16], name(3), new byte[16]),
            seq - 1,
            7,
            8,
            name(4),
            name(5));
    return new LedgerRow(entry, Hash256.sha256(bytes("mac " + seq)));
  }

  static Secret secret(Hash256 id, int epoch, String sealed) {
    return new Secret(id, epoch, bytes(sealed));
  }

  static void write(VaultStore to, Consumer<Rows> work) {
    to.transact(
        rows -> {
          work.accept(rows);
          return rows;
        });
  }

  static List<Long> numbers(List<LedgerRow> rows) {
    return rows.stream().map(LedgerRow::seq).toList();
  }

  static List<String> sealed(List<Secret> secrets) {
    return secrets.stream().map(s -> new String(s.sealed(), StandardCharsets.UTF_8)).toList();
  }

  static void awaitLease(VaultStore by) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!by.lease()) {
      assertThat(System.nanoTime()).as("the lease is free in time").isLessThan(end);
    }
  }

  static void unavailable(Runnable call) {
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(call::run);
  }
}
