package org.hikae.vault.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.RecordSealer;

/**
 * Charges that this process has made and knows that nobody has answered (spec HK1-V-08). That a
 * login's row is not in the store says nothing: whoever can write the store may have taken it away.
 * So an answer is noted here before it is kept and leaves, and who has read the ledger anew since
 * the charge, or was started since, knows of no charge any more. Used inside transactions only.
 */
final class UnansweredCharges {

  /** When a charge was made. */
  private record Charge(long loads, long millis) {}

  private final Map<Hash256, Charge> charges = new LinkedHashMap<>();

  /** A charge was made; older ones than can still be answered are forgotten. */
  void charged(AccountTransaction accountTransaction, Attempt attempt) {
    long over = accountTransaction.nowMillis() - VaultLimits.LOGIN_WINDOW.toMillis();
    charges.values().removeIf(charge -> charge.millis() < over);
    charges.put(
        RecordSealer.loginId(accountTransaction.employee(), attempt),
        new Charge(accountTransaction.loads(), accountTransaction.nowMillis()));
  }

  /** It is about to be answered. */
  void answered(AccountTransaction accountTransaction, Attempt attempt) {
    charges.remove(RecordSealer.loginId(accountTransaction.employee(), attempt));
  }

  /** Whether it is certain that nobody has answered it. */
  boolean isCertain(AccountTransaction accountTransaction, Attempt attempt) {
    Charge charge = charges.get(RecordSealer.loginId(accountTransaction.employee(), attempt));
    return charge != null && charge.loads() == accountTransaction.loads();
  }
}
