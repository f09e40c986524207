package org.hikae.vault.core;

import java.util.List;
import java.util.Objects;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultEventPage;

/**
 * What happened, for the portal to show each employee (spec HK1-V-24). Employees trust their own
 * receipts; this is the same without a device at hand.
 */
final class EventFeed {

  private final GroupCommitExecutor groupCommitExecutor;
  private final ReceiptIssuer receipts;

  EventFeed(GroupCommitExecutor groupCommitExecutor, ReceiptIssuer receipts) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.receipts = receipts;
  }

  /**
   * The rows after a number, as many as fit.
   *
   * @throws UnavailableException when it cannot be done now
   * @throws VaultClosedException when the vault has closed itself
   * @throws TamperedException when the ledger is not what this vault wrote
   */
  VaultEventPage after(long after) {
    List<LedgerRow> looked = groupCommitExecutor.rowsAfter(after, VaultLimits.STEP);
    List<LedgerRow> news =
        looked.stream()
            .filter(row -> row.entry().event() != VaultEvent.WITNESSED)
            .limit(VaultEventPage.MAX_RECEIPTS)
            .toList();
    long upTo = after;
    if (news.size() == VaultEventPage.MAX_RECEIPTS) {
      upTo = news.getLast().seq();
    } else if (!looked.isEmpty()) {
      upTo = looked.getLast().seq();
    }
    LedgerHead head =
        Objects.requireNonNull(groupCommitExecutor.head(), "an open ledger has a head");
    return new VaultEventPage(upTo, head.seq(), news.stream().map(receipts::of).toList());
  }
}
