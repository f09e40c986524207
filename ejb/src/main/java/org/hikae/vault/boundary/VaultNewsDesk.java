package org.hikae.vault.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.hikae.vault.entity.VaultReceipt;
import org.hikae.vault.entity.VaultReceipts;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;

/** Keeps receipts; each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VaultNewsDesk {

  @Inject private VaultReceipts kept;

  /** Keeps those that are not there yet, and returns what they tell of. */
  public List<VaultEvent> keep(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return List.of();
    }
    Set<String> added = kept.addMissing(receipts.stream().map(VaultNewsDesk::row).toList());
    return receipts.stream()
        .filter(receipt -> added.contains(receipt.mac().hex()))
        .map(receipt -> receipt.entry().event())
        .toList();
  }

  private static VaultReceipt row(Receipt receipt) {
    LedgerEntry entry = receipt.entry();
    return new VaultReceipt(
        receipt.mac().hex(), entry.seq(), entry.subject().employee().hex(), receipt.encode());
  }

  /** Number of the newest that is kept; 0 for none. */
  public long newest() {
    return kept.newest().map(VaultReceipt::seq).orElse(0L);
  }
}
