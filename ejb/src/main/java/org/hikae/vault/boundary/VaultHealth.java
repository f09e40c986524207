package org.hikae.vault.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.vault.control.VaultLink;
import org.hikae.vault.control.VaultUnavailableException;
import org.hikae.vault.wire.VaultFrame;

/** Whether the vault can serve. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultHealth {

  @Inject private VaultLink link;

  /** What asking the vault found. */
  public enum State {
    /** It serves. */
    UP,
    /** It does not answer or cannot serve. */
    DOWN,
    /** There is none: only the 64-digit key can protect backups. */
    NONE
  }

  /** Asks the vault. */
  public State state() {
    if (!link.isConfigured()) {
      return State.NONE;
    }
    try {
      byte[] answer = link.exchange(new VaultFrame(VaultFrame.Kind.HEALTH, new byte[0])).body();
      return answer.length == 1 && answer[0] == 1 ? State.UP : State.DOWN;
    } catch (VaultUnavailableException e) {
      return State.DOWN;
    }
  }
}
