package org.hikae.vault.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hikae.enrollment.service.BackupSetOwnership;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.vault.entity.VaultReceipt;
import org.hikae.vault.store.VaultReceiptStore;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;

/** Keeps receipts and tells of those that matter; each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VaultEventSteps {

  /** Attempts left from which a charge is more than somebody's slip: three open ones of ten. */
  private static final int FEW_ATTEMPTS = 7;

  /** What is older when it is copied is history. */
  private static final Duration NEWS = Duration.ofDays(2);

  @Inject private VaultReceiptStore receiptStore;
  @Inject private BackupSetOwnership ownership;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /** Keeps those that are not there yet, and returns what they tell of. */
  public List<VaultEvent> keep(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return List.of();
    }
    Set<String> added =
        receiptStore.addMissing(receipts.stream().map(VaultEventSteps::row).toList());
    List<LedgerEntry> fresh =
        receipts.stream()
            .filter(receipt -> added.contains(receipt.mac().hex()))
            .map(Receipt::entry)
            .toList();
    fresh.forEach(this::tell);
    return fresh.stream().map(LedgerEntry::event).toList();
  }

  /**
   * The vault's ledger ends before what was read of it.
   *
   * @param newest where it ends
   * @param known up to where it was read
   */
  public void setBack(long newest, long known) {
    // Named by what all portals know alike: each sees it when the vault has gone on a little.
    outbox.tellOnce(
        newest() + " " + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
        null,
        NoticeKind.LEDGER_REGRESS,
        Map.of("newest", Long.toString(newest), "known", Long.toString(known)));
  }

  private void tell(LedgerEntry entry) {
    Instant at = Instant.ofEpochMilli(entry.atMillis());
    if (at.isBefore(clock.instant().minus(NEWS))) {
      return;
    }
    if (entry.event() == VaultEvent.RESTORED) {
      restored(entry);
      return;
    }
    kind(entry)
        .ifPresent(
            kind -> {
              String set = TextCodec.hex(entry.subject().setId());
              OptionalLong owner = ownership.ownerOf(set);
              Long employee = owner.isPresent() ? (Long) owner.getAsLong() : null;
              outbox.tellOnce(
                  set + " " + LocalDate.ofInstant(at, ZoneOffset.UTC),
                  employee,
                  kind,
                  Map.of("setId", set, "attemptsLeft", Integer.toString(entry.attemptsLeft())));
            });
  }

  /** One entry is about the ledger as a whole; those about each employee tell nothing more. */
  private void restored(LedgerEntry entry) {
    if (entry.subject().employee().equals(Hash256.ZERO)) {
      outbox.tellOnce(
          entry.seq() + " " + entry.atMillis(),
          null,
          NoticeKind.LEDGER_REGRESS,
          Map.of("newest", Long.toString(entry.seq())));
    }
  }

  private static Optional<NoticeKind> kind(LedgerEntry entry) {
    boolean few = entry.attemptsLeft() <= FEW_ATTEMPTS;
    return switch (entry.event()) {
      case LOCKED -> Optional.of(NoticeKind.VAULT_LOCKED);
      case FAILED -> Optional.of(NoticeKind.VAULT_FAILED);
      case CHARGED -> few ? Optional.of(NoticeKind.VAULT_FAILED) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static VaultReceipt row(Receipt receipt) {
    LedgerEntry entry = receipt.entry();
    return new VaultReceipt(
        receipt.mac().hex(), entry.seq(), entry.subject().employee().hex(), receipt.encode());
  }

  /** Number of the newest that is kept; 0 for none. */
  public long newest() {
    return receiptStore.newest().map(VaultReceipt::seq).orElse(0L);
  }
}
