package org.hikae.device.vaultclient;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;

/** The vault said no. */
public final class VaultRefused extends AgentException {

  private static final long serialVersionUID = 1L;

  private final VaultRefusal refusal;

  VaultRefused(VaultReply.Refused refused) {
    super(
        result(refused.refusal()),
        "vault.refused." + refused.refusal().name(),
        refused.attemptsLeft(),
        refused.retryAfterSeconds());
    this.refusal = refused.refusal();
  }

  /** Whether it is this refusal. */
  public boolean is(VaultRefusal expected) {
    return refusal == expected;
  }

  private static RunResult result(VaultRefusal refusal) {
    return switch (refusal) {
      case UNAVAILABLE, WAIT, LIMIT -> RunResult.NETWORK;
      case LOCKED, LOGIN_FAILED, NO_RECORD, WRONG_STATE -> RunResult.LOCKED;
      case MALFORMED, UNKNOWN_CARD, TOKEN_REFUSED, REAUTHENTICATE, DEVICE_REFUSED, OWNER_REFUSED ->
          RunResult.REFUSED;
    };
  }
}
