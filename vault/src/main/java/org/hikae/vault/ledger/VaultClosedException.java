package org.hikae.vault.ledger;

import org.hikae.vault.port.LedgerAnchor;
import org.jspecify.annotations.Nullable;

/**
 * The vault closed itself after an alarm: what it finds is older than what it has said. It serves
 * nobody until two people have reopened it.
 */
public final class VaultClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient LedgerAnchor.@Nullable Point seen;

  /** Says in one sentence what was found. */
  public VaultClosedException(String message) {
    this(message, null);
  }

  /**
   * The same because somebody outside has seen a row that is not here.
   *
   * @param seen that row; null when the store itself shows what is wrong
   */
  public VaultClosedException(String message, LedgerAnchor.@Nullable Point seen) {
    super(message);
    this.seen = seen;
  }

  /** The row that somebody outside has seen. */
  LedgerAnchor.@Nullable Point seen() {
    return seen;
  }
}
