package org.hikae.device.vaultclient;

import java.time.Duration;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.UnreachableException;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;

/** The vault said no. */
public final class VaultRefusedException extends AgentException {

  /** Of what came back and is no reply to what was asked. */
  static final String ALTERED = "vault.reply-altered";

  private static final long serialVersionUID = 1L;

  private final VaultRefusal refusal;

  VaultRefusedException(VaultReply.Refused refused) {
    super(
        result(refused.refusal()),
        "vault.refused." + refused.refusal().name(),
        refused.attemptsLeft(),
        Duration.ofSeconds(refused.retryAfterSeconds()));
    this.refusal = refused.refusal();
  }

  private VaultRefusedException(VaultRefusal refusal, String key, Object... arguments) {
    super(result(refusal), key, arguments);
    this.refusal = refusal;
  }

  /** The refusal of a token, which may be for want of a binding to this device. */
  static VaultRefusedException ofUnbound(String why) {
    return new VaultRefusedException(VaultRefusal.TOKEN_REFUSED, "vault.token-unbound", why);
  }

  /** The refusal of a sign-in that the realm has forgotten in favour of an earlier one. */
  static VaultRefusedException ofOlderSignIn() {
    return new VaultRefusedException(VaultRefusal.REAUTHENTICATE, "vault.sign-out-first");
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
    return e instanceof VaultRefusedException refused
        ? refused.is(VaultRefusal.WRONG_STATE) || refused.is(VaultRefusal.UNAVAILABLE)
        : e.result() == RunResult.NETWORK;
  }

  /**
   * Whether this says nothing of what the vault did, because the portal, or whoever stands between,
   * could have made it: no answer, one that does not open, one of HTTP, a refusal in the clear
   * (spec HK1-V-45). Of the refusals that may come in the clear the sealed ones count as well: it
   * is safer to take an attempt for spent that was not.
   */
  static boolean saysNothing(AgentException e) {
    return e instanceof VaultRefusedException refused
        ? refused.is(VaultRefusal.UNAVAILABLE)
            || refused.is(VaultRefusal.MALFORMED)
            || refused.is(VaultRefusal.UNKNOWN_CARD)
        : e instanceof PortalRefusalException
            || e instanceof UnreachableException
            || e.key().equals(ALTERED);
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
