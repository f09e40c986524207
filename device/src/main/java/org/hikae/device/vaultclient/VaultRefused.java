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

  private VaultRefused(VaultRefusal refusal, String key, Object... arguments) {
    super(result(refusal), key, arguments);
    this.refusal = refusal;
  }

  /** The refusal of a token, which may be for want of a binding to this device. */
  static VaultRefused ofUnbound(String why) {
    return new VaultRefused(VaultRefusal.TOKEN_REFUSED, "vault.token-unbound", why);
  }

  /** The refusal of a sign-in that the realm has forgotten in favour of an earlier one. */
  static VaultRefused ofOlderSignIn() {
    return new VaultRefused(VaultRefusal.REAUTHENTICATE, "vault.sign-out-first");
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
