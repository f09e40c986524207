package org.hikae.vault.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger's rows a second time, where other people than the vault's can see to it that
 * nothing is taken away: whoever restores store and anchor together is noticed by it. Contract:
 * {@link #append} returns only when the rows survive a loss of power; one caller at a time.
 */
public interface LedgerWitness {

  /**
   * The newest row it has; null when it has none.
   *
   * @throws UnavailableException when it cannot be read now
   */
  LedgerAnchor.@Nullable Point newest();

  /**
   * Keeps rows, in ascending order after {@link #newest}.
   *
   * @throws UnavailableException when that cannot be done now; some of them may be kept
   */
  void append(List<LedgerRow> rows);
}
