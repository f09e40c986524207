package org.hikae.vault.port;

import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.LedgerEntry;

/**
 * A row as the store keeps it.
 *
 * @param entry what it says
 * @param mac the root's code over it, and so over everything before
 */
public record LedgerRow(LedgerEntry entry, Hash256 mac) {

  /** The row's number. */
  public long seq() {
    return entry.seq();
  }
}
