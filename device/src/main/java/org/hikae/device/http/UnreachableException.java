package org.hikae.device.http;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * No usable answer came, after all tries: no connection, time-outs, or a server that stays busy.
 */
public final class UnreachableException extends AgentException {

  private static final long serialVersionUID = 1L;

  /** No connection to {@code host}. */
  public UnreachableException(String key, String host, Throwable cause) {
    super(RunResult.NETWORK, cause, key, host);
  }
}
