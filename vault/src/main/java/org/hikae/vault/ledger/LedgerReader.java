package org.hikae.vault.ledger;

import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.wire.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * The only way to rows that are signed, shown or acted on (spec HK1-V-37): each was written by this
 * vault, none is missing in between, and nothing is missing at the end. Not safe for several
 * threads.
 */
public final class LedgerReader {

  private final Ledger ledger;
  private final RowVerifier verifier;

  LedgerReader(Ledger ledger, RowVerifier verifier) {
    this.ledger = ledger;
    this.verifier = verifier;
  }

  /**
   * The row with this number.
   *
   * @throws TamperedException when it was edited
   */
  Optional<LedgerRow> row(Rows rows, long seq) {
    return rows.row(seq).map(verifier::require);
  }

  /**
   * The employee's row with this number.
   *
   * @throws TamperedException when it was edited, is somebody else's or is not there
   */
  public LedgerRow row(Rows rows, Hash256 employee, long seq) {
    return row(rows, seq)
        .filter(row -> row.entry().subject().employee().equals(employee))
        .orElseThrow(() -> new TamperedException("A row that an account names is missing."));
  }

  /**
   * Rows in ascending order after number {@code after}.
   *
   * @throws TamperedException when one was edited or is missing
   */
  public List<LedgerRow> after(Rows rows, long after, int limit) {
    List<LedgerRow> page = rows.rows(after, limit);
    LedgerRow before = row(rows, after).orElse(null);
    long last = after;
    for (LedgerRow row : page) {
      requireLink(follows(verifier.require(row).entry(), before, last));
      before = row;
      last = row.seq();
    }
    requireLink(page.size() == limit || last >= ledger.seq());
    return page;
  }

  /** Before the first row of a page there may be none: at the beginning, and in a gap. */
  private static boolean follows(LedgerEntry row, @Nullable LedgerRow before, long last) {
    if (row.seq() != last + 1 && !Ledger.isGap(row)) {
      return false;
    }
    return before == null ? last == 0 || Ledger.isGap(row) : row.previous().equals(before.mac());
  }

  /**
   * An employee's rows in ascending order after number {@code after}.
   *
   * @throws TamperedException when one was edited or is missing
   */
  public List<LedgerRow> after(Rows rows, Hash256 employee, long after, int limit) {
    List<LedgerRow> page = rows.rowsOf(employee, after, limit);
    long last = after;
    for (LedgerRow row : page) {
      LedgerEntry entry = verifier.require(row).entry();
      boolean first = last == after;
      requireLink(
          entry.subject().employee().equals(employee)
              && (first ? entry.employeePrevious() <= after : entry.employeePrevious() == last));
      last = row.seq();
    }
    requireLink(page.size() == limit || last >= ledger.known(employee).seq());
    return page;
  }

  private static void requireLink(boolean linked) {
    if (!linked) {
      throw new TamperedException("A row of the ledger is missing.");
    }
  }
}
