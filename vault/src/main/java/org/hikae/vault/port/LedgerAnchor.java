package org.hikae.vault.port;

import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Remembers outside the store how far the ledger has come, so that an old copy of the store is
 * recognised (spec, section "Ledger"). Contract: {@link #raise} returns only when the point
 * survives a kill and a loss of power; a point below the highest is never created; only lower
 * points are ever removed, each by its exact name. One caller at a time.
 */
public interface LedgerAnchor {

  /**
   * A place in the ledger.
   *
   * @param seq number of the row, from 1
   * @param head the chain's code up to and including that row
   */
  record Point(long seq, Hash256 head) {}

  /**
   * The highest point, read afresh; null when there never was one.
   *
   * @throws UnavailableException when it cannot be read now
   * @throws TamperedException when what is there is not what this anchor wrote
   */
  @Nullable Point highest();

  /**
   * Makes {@code point} the highest. The same point again changes nothing.
   *
   * @throws UnavailableException when that cannot be done now; nothing or all of it was done
   * @throws TamperedException when a higher point, or another one with this number, is there
   */
  void raise(Point point);
}
