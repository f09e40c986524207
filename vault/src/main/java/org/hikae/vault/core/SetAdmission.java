package org.hikae.vault.core;

import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;

/**
 * How a set becomes known to the vault (spec HK1-V-05, HK1-V-38). Backups run while nobody signs
 * in, so a set is taken without a fresh sign-in as long as there is room; one that comes with a
 * fresh sign-in finds room among those that never did.
 */
final class SetAdmission {

  private SetAdmission() {}

  /**
   * The caller's set, to be kept with what is changed about it; the first one to speak of a set
   * brings its owner key.
   */
  static OwnedSet setOf(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      byte[] ownerKey) {
    Optional<OwnedSet> known = accountTransaction.account().set(authenticatedDevice.setId());
    OwnedSet set = known.orElseGet(() -> claim(accountTransaction, authenticatedDevice, ownerKey));
    if (!set.isOwnedBy(ownerKey)) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
    return set.with(set.trust().signedIn(authenticatedDevice.freshSignIn()));
  }

  private static OwnedSet claim(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      byte[] ownerKey) {
    Account account = accountTransaction.account();
    if (account.setCount() >= VaultLimits.SETS) {
      OwnedSet least =
          account
              .leastNeeded(accountTransaction.nowMillis())
              .filter(set -> authenticatedDevice.freshSignIn())
              .orElseThrow(() -> RefusalException.of(VaultRefusal.LIMIT));
      account.remove(least);
    }
    OwnedSet fresh = new OwnedSet(authenticatedDevice.setId(), ownerKey, List.of());
    accountTransaction.happens(
        VaultEvent.CLAIMED, fresh.setId(), Hash256.ZERO, Id128.NONE, Detail.owner(ownerKey));
    return fresh;
  }
}
