package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * What must be remembered of the vault, so that an older copy of it cannot pass for it (spec
 * HK1-V-20), and so that receipts can be verified without any network.
 *
 * @param root fingerprint of the vault root it was verified with, hexadecimal
 * @param card the newest verified card, base64url
 * @param head the highest head of the ledger seen, base64url; absent when none was seen
 * @param toldUpTo number of the newest receipt that the person was told about; 0 for none
 */
public record RememberedVault(String root, String card, @Nullable String head, long toldUpTo) {

  /** The same with a higher head. */
  public RememberedVault withHead(String higher) {
    return new RememberedVault(root, card, higher, toldUpTo);
  }

  /** The same for a person who was told nothing yet. */
  RememberedVault toldNothing() {
    return new RememberedVault(root, card, head, 0);
  }

  /** The same after the person was told; never less than before. */
  public RememberedVault told(long upTo) {
    return new RememberedVault(root, card, head, Math.max(toldUpTo, upTo));
  }
}
