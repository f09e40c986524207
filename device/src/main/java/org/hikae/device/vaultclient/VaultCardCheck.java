package org.hikae.device.vaultclient;

import org.hikae.device.AgentException;
import org.hikae.vault.wire.SignedCard;

/** Looks at a verified card before a new password is sealed to it (spec HK1-X-10). */
@FunctionalInterface
public interface VaultCardCheck {

  /** Returns when it may be used; an exception ends what it was to be used for. */
  void check(SignedCard card) throws AgentException;
}
