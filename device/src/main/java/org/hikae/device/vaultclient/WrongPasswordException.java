package org.hikae.device.vaultclient;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/** The password was wrong; one attempt is spent. */
public final class WrongPasswordException extends AgentException {

  private static final long serialVersionUID = 1L;

  private final int attemptsLeft;

  WrongPasswordException(int attemptsLeft) {
    super(
        RunResult.LOCKED,
        attemptsLeft == 0 ? "vault.wrong-password-last" : "vault.wrong-password",
        attemptsLeft);
    this.attemptsLeft = attemptsLeft;
  }

  /** Attempts that remain before the record is destroyed. */
  public int attemptsLeft() {
    return attemptsLeft;
  }
}
