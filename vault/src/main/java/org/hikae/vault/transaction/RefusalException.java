package org.hikae.vault.transaction;

import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Ends a message with a refusal that leaves no trace: the transaction it leaves is rolled back. A
 * refusal that must be remembered (a failed login, a lock-out) is a return value instead.
 */
public final class RefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refused refused;

  public RefusalException(Refused refused) {
    super(refused.refusal().name(), null, false, false);
    this.refused = refused;
  }

  public static RefusalException of(VaultRefusal refusal) {
    return new RefusalException(Refused.of(refusal));
  }

  /** What is answered. */
  public Refused refused() {
    return refused;
  }
}
