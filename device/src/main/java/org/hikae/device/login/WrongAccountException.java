package org.hikae.device.login;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * Somebody has signed in whom this device does not take: another person, or one of another issuer
 * (spec HK1-E-20). Their tokens are good and of no use here.
 */
public final class WrongAccountException extends AgentException {

  private static final long serialVersionUID = 1L;

  /** With the sentence for it. */
  public WrongAccountException(String key, Object... arguments) {
    super(RunResult.REFUSED, key, arguments);
  }
}
