package org.hikae.vault.service;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.VaultFrame;

/** One way to the vault. */
interface VaultTransport {

  /**
   * Sends a frame on a connection of its own and returns the answer.
   *
   * @param deadline of {@link System#nanoTime()}
   * @throws IOException when there is no answer by then
   */
  VaultFrame ask(VaultFrame request, long deadline) throws IOException, MalformedException;

  /** What is left until a deadline, at least one millisecond. */
  static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("The vault did not answer in time.");
    }
    return Math.toIntExact(millis);
  }
}
