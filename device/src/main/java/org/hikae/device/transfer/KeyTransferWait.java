package org.hikae.device.transfer;

import java.time.Duration;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.Sleeper;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.problem.wire.ProblemCode;

/** Waits for the other device's next message, and no longer than a time of this device's own. */
final class KeyTransferWait {

  /** How long a code can be used, whatever the portal says. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /** How long a device waits for what the other one does by itself. */
  static final Duration REPLY = Duration.ofSeconds(90);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final KeyTransferRelay relay;
  private final Sleeper sleeper;
  private final String transferId;
  private final long began;

  KeyTransferWait(KeyTransferRelay relay, Sleeper sleeper, String transferId) {
    this.relay = relay;
    this.sleeper = sleeper;
    this.transferId = transferId;
    this.began = sleeper.nanos();
  }

  /**
   * The message of this number, or nothing when none came until the code has ended or, if that is
   * sooner, for so long.
   */
  Optional<KeyTransferMessage> message(int number, Duration longest) throws AgentException {
    long from = sleeper.nanos();
    while (true) {
      Optional<KeyTransferMessage> come = look(number);
      long now = sleeper.nanos();
      boolean over = now - began > LIFE.toNanos() || now - from > longest.toNanos();
      if (come.isPresent() || over) {
        return come;
      }
      rest();
    }
  }

  private Optional<KeyTransferMessage> look(int number) throws AgentException {
    try {
      return relay.get(transferId).messages().stream()
          .limit(KeyTransferMessage.MAX_MESSAGES)
          .filter(message -> message.number() == number)
          .findFirst();
    } catch (PortalRefusalException e) {
      if (e.is(ProblemCode.NOT_FOUND)) {
        throw new AgentException(RunResult.REFUSED, e, "transfer.ended");
      }
      throw e;
    }
  }

  private void rest() throws AgentException {
    try {
      sleeper.wait(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }
}
