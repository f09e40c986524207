package org.hikae.vault.root.contract;

import org.hikae.vault.port.LedgerAnchor.Point;
import org.hikae.vault.port.TamperedException;
import org.jspecify.annotations.Nullable;

/** The rules that both kinds of anchor keep. */
public final class AnchorRules {

  private AnchorRules() {}

  /** Rows are counted from 1. */
  public static void requireValid(Point point) {
    if (point.seq() < 1) {
      throw new IllegalArgumentException(
          "An anchor's row (" + point.seq() + ") must be from 1 up.");
    }
  }

  /**
   * Whether {@code point} must be made; false when it is there.
   *
   * @throws TamperedException when a higher one, or another one with this number, is there
   */
  public static boolean isNew(Point point, @Nullable Point highest) {
    if (highest == null || highest.seq() < point.seq()) {
      return true;
    }
    if (highest.equals(point)) {
      return false;
    }
    throw new TamperedException(
        "The anchor is at row "
            + highest.seq()
            + " of the ledger; row "
            + point.seq()
            + " cannot follow. The store is older than the anchor, or not the one it belongs to.");
  }
}
