package org.hikae.device.vaultclient;

import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.device.state.ReceiptStore;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * Verifies kept receipts without any network: each is the vault's, about this employee, none of the
 * employee's is missing in between, and neighbours in the ledger hold each other.
 */
public final class ReceiptChainCheck {

  private ReceiptChainCheck() {}

  /** What does not fit. */
  public enum Fault {
    /** The signature is not the vault's. */
    SIGNATURE,
    /** It is of another company or about somebody else. */
    FOREIGN,
    /** A receipt before this one is missing. */
    GAP,
    /** It does not continue the row right before it. */
    BROKEN,
    /** It is older than the one before it. */
    TIME,
    /** It contradicts the ledger's head that the vault showed. */
    HEAD
  }

  /**
   * Something that does not fit.
   *
   * @param fault what
   * @param seq number of the receipt
   */
  public record Finding(Fault fault, long seq) {}

  /** Refuses a receipt that is not of this card's vault, or not about this employee. */
  static void requireGenuine(Receipt receipt, TrustedCard card, Hash256 employee)
      throws CryptoException {
    card.identityKey().verify(receipt.transcript(), receipt.signature());
    if (!isAbout(receipt, card, employee)) {
      throw new CryptoException("The receipt is about somebody else.");
    }
  }

  private static boolean isAbout(Receipt receipt, TrustedCard card, Hash256 employee) {
    return receipt.tenant().equals(card.tenant())
        && receipt.entry().subject().employee().equals(employee);
  }

  /** Everything that does not fit, in the order of the rows. */
  public static List<Finding> verify(
      ReceiptStore.KeptReceipts kept,
      TrustedCard card,
      Hash256 employee,
      @Nullable LedgerHead head) {
    List<Finding> findings = new ArrayList<>();
    Receipt before = null;
    for (Receipt receipt : kept.receipts()) {
      long seq = receipt.entry().seq();
      try {
        card.requireKept(receipt.transcript(), receipt.signature());
      } catch (CryptoException e) {
        findings.add(new Finding(Fault.SIGNATURE, seq));
      }
      if (!isAbout(receipt, card, employee)) {
        findings.add(new Finding(Fault.FOREIGN, seq));
      }
      Fault fault = follows(receipt, before, kept.base());
      if (fault != null) {
        findings.add(new Finding(fault, seq));
      }
      if (head != null && contradicts(receipt, head)) {
        findings.add(new Finding(Fault.HEAD, seq));
      }
      before = receipt;
    }
    return findings;
  }

  private static @Nullable Fault follows(Receipt receipt, @Nullable Receipt before, long base) {
    LedgerEntry entry = receipt.entry();
    long last = before == null ? base : before.entry().seq();
    boolean restored = entry.event() == VaultEvent.RESTORED && entry.employeePrevious() < last;
    if (entry.employeePrevious() != last && !restored) {
      return Fault.GAP;
    }
    if (before == null) {
      return null;
    }
    if (entry.seq() == last + 1 && !entry.previous().equals(before.mac())) {
      return Fault.BROKEN;
    }
    // Two custodians may set the vault's time right with a reopening.
    boolean set = entry.event() == VaultEvent.RESTORED;
    return entry.atMillis() < before.entry().atMillis() && !set ? Fault.TIME : null;
  }

  private static boolean contradicts(Receipt receipt, LedgerHead head) {
    long seq = receipt.entry().seq();
    return seq > head.seq() || (seq == head.seq() && !receipt.mac().equals(head.mac()));
  }
}
