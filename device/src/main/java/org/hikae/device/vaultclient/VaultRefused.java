package org.hikae.device.vaultclient;

import java.time.Duration;
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
        Duration.ofSeconds(refused.retryAfterSeconds()));
    this.refusal = refused.refusal();
  }

  /** Whether it is this refusal. */
  public boolean is(VaultRefusal expected) {
    return refusal == expected;
  }

  /**
   * Whether what was asked may have been done although this came instead of a reply: the reply was
   * lost, or it was done before and cannot be done twice.
   */
  static boolean mayHaveBeenDone(AgentException e) {
    return e instanceof VaultRefused refused
        ? refused.is(VaultRefusal.WRONG_STATE) || refused.is(VaultRefusal.UNAVAILABLE)
        : e.result() == RunResult.NETWORK;
  }

  private static RunResult result(VaultRefusal refusal) {
    return switch (refusal) {
      case UNAVAILABLE, WAIT, LIMIT, BRAKE, RESERVED, SEALED -> RunResult.NETWORK;
      case LOCKED, LOGIN_FAILED, NO_RECORD, WRONG_STATE, FROZEN, RENEW -> RunResult.LOCKED;
      case MALFORMED, UNKNOWN_CARD, TOKEN_REFUSED, REAUTHENTICATE, DEVICE_REFUSED, OWNER_REFUSED ->
          RunResult.REFUSED;
    };
  }
}
