package org.hikae.vault.ledger;

import org.hikae.vault.port.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * The vault closed itself after an alarm: what it finds is older than what it has said. It serves
 * nobody until two people have reopened it.
 */
public final class SealedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Anchor.@Nullable Point seen;

  /** Says in one sentence what was found. */
  public SealedException(String message) {
    this(message, null);
  }

  /**
   * The same because somebody outside has seen a row that is not here.
   *
   * @param seen that row; null when the store itself shows what is wrong
   */
  public SealedException(String message, Anchor.@Nullable Point seen) {
    super(message);
    this.seen = seen;
  }

  /** The row that somebody outside has seen. */
  Anchor.@Nullable Point seen() {
    return seen;
  }
}
