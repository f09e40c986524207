package org.hikae.vault.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;

/**
 * Whether a row that comes out of the store is what this vault wrote (spec HK1-V-37). Asking a
 * token costs a call, so rows that were written or checked lately are recognised by their hash. Not
 * safe for several threads.
 */
final class RowVerifier {

  /** Rows that are recognised without the root; some megabytes. */
  static final int REMEMBERED = 20_000;

  private final Ledger ledger;
  private final Map<Long, Hash256> genuine =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Entry<Long, Hash256> eldest) {
          return size() > REMEMBERED;
        }
      };

  RowVerifier(Ledger ledger) {
    this.ledger = ledger;
  }

  private static Hash256 hash(LedgerRow row) {
    return Hash256.sha256(
        Transcript.fields().add(row.entry().encode()).add(row.mac().toBytes()).toBytes());
  }

  /** This process made the row, or has checked it. */
  void remember(LedgerRow row) {
    genuine.put(row.seq(), hash(row));
  }

  /**
   * The row, when the root's code is over it.
   *
   * @throws TamperedException when it is not
   */
  LedgerRow require(LedgerRow row) {
    Hash256 known = genuine.getOrDefault(row.seq(), Hash256.ZERO);
    if (known.equals(hash(row))) {
      return row;
    }
    if (!ledger.mac(row.entry()).equals(row.mac())) {
      throw new TamperedException("Row " + row.seq() + " of the ledger was edited.");
    }
    remember(row);
    return row;
  }
}
