package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;

/** The ledger of a fake vault: rows that hold each other, and signed receipts of them. */
final class FakeVaultLedger {

  static final Hash256 NOBODY = Hash256.ZERO;

  private final String tenant;
  private final SigningKey identity;
  private final byte[] macKey = new byte[32];
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final List<Hash256> macs = new ArrayList<>();
  private UnaryOperator<LedgerEntry> lie = entry -> entry;

  FakeVaultLedger(String tenant, SigningKey identity, SecureRandom random) {
    this.tenant = tenant;
    this.identity = identity;
    random.nextBytes(macKey);
  }

  String tenant() {
    return tenant;
  }

  /** From now on receipts of operations say something else than the row. */
  void lie(UnaryOperator<LedgerEntry> other) {
    lie = other;
  }

  /** What a row says besides to whom it happened. */
  record RowFacts(VaultEvent event, int attemptsLeft, long dueSeconds, Hash256 detail) {}

  LedgerEntry append(RowFacts rowFacts, LedgerEntry.Subject subject, long atMillis) {
    return append(rowFacts, subject, atMillis, entries.size() + 1L);
  }

  /** Appends under a number that may leave a gap, as a restored ledger does. */
  LedgerEntry append(RowFacts rowFacts, LedgerEntry.Subject subject, long atMillis, long seq) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            macs.isEmpty() ? Hash256.ZERO : macs.getLast(),
            atMillis,
            rowFacts.event(),
            subject,
            lastOf(subject.employee()),
            rowFacts.attemptsLeft(),
            rowFacts.dueSeconds(),
            rowFacts.detail(),
            Hash256.sha256(Long.toString(seq).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    entries.add(entry);
    macs.add(Hash256.of(HmacSha256.mac(macKey, entry.encode())));
    return entry;
  }

  long lastOf(Hash256 employee) {
    return entries.stream()
        .filter(entry -> entry.subject().employee().equals(employee))
        .mapToLong(LedgerEntry::seq)
        .max()
        .orElse(0);
  }

  /** What an order of this employee must name. */
  Hash256 stateOf(Hash256 employee) {
    return entries.stream()
        .filter(entry -> entry.subject().employee().equals(employee))
        .reduce((first, second) -> second)
        .map(LedgerEntry::stateHash)
        .orElse(Hash256.ZERO);
  }

  LedgerEntry row(long seq) {
    return entries.get(indexOf(seq));
  }

  private int indexOf(long seq) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).seq() == seq) {
        return i;
      }
    }
    throw new IllegalArgumentException("no row " + seq);
  }

  /** The receipt of an operation, or a lie. */
  Receipt receipt(LedgerEntry entry) {
    return signed(lie.apply(entry), macs.get(indexOf(entry.seq())));
  }

  private Receipt signed(LedgerEntry entry, Hash256 mac) {
    return new Receipt(tenant, entry, mac, identity.sign(Receipt.transcript(tenant, entry, mac)));
  }

  List<Receipt> after(Hash256 employee, long seq, int limit) {
    return entries.stream()
        .filter(entry -> entry.subject().employee().equals(employee) && entry.seq() > seq)
        .limit(limit)
        .map(entry -> signed(entry, macs.get(indexOf(entry.seq()))))
        .toList();
  }

  LedgerHead head() {
    long seq = entries.getLast().seq();
    Hash256 mac = macs.getLast();
    return new LedgerHead(seq, mac, identity.sign(LedgerHead.transcript(tenant, seq, mac)));
  }

  long seq() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  /** Forgets the last rows, as an old copy of the database has. */
  void setBack(int rows) {
    for (int i = 0; i < rows; i++) {
      entries.removeLast();
      macs.removeLast();
    }
  }

  /** Whether this is the head of this ledger at its place. */
  boolean contains(LedgerHead head) {
    return entries.stream().anyMatch(entry -> entry.seq() == head.seq())
        && macs.get(indexOf(head.seq())).equals(head.mac());
  }
}
