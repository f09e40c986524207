package org.hikae.vault.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians.Statement;
import org.hikae.vault.core.DualControl;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.process.OperatorMessage.Answer;
import org.hikae.vault.transaction.RefusalException;

/** Answers operators. */
final class OperatorHandler {

  private static final Logger LOG = System.getLogger(OperatorHandler.class.getName());
  private static final byte[] NO_STATEMENT = new byte[0];

  private final VaultCore vault;
  private final DualControl dualControl;

  OperatorHandler(VaultCore vault, DualControl dualControl) {
    this.vault = vault;
    this.dualControl = dualControl;
  }

  byte[] answer(byte[] request) {
    Answer answer = answerOrRefusal(request);
    if (!answer.done()) {
      LOG.log(Level.WARNING, "An operator's order was not done: {0}", answer.text());
    }
    return answer.encode();
  }

  private Answer answerOrRefusal(byte[] request) {
    try {
      return obey(OperatorMessage.parse(request));
    } catch (MalformedException e) {
      return refused("The order is malformed.");
    } catch (CryptoException e) {
      return refused(
          "A signature is not the keeper's over what stands here now; ask for the statement again.");
    } catch (RefusalException e) {
      return refused("Refused: " + e.refused().refusal() + ".");
    } catch (VaultClosedException e) {
      return refused("The vault is closed: " + e.getMessage());
    } catch (UnavailableException | TamperedException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static Answer refused(String why) {
    return new Answer(false, why, NO_STATEMENT);
  }

  private Answer obey(OperatorMessage message) throws CryptoException {
    return switch (message.order()) {
      case DESCRIBE -> describe();
      case REOPENING ->
          toSign("Both keepers sign this to reopen.", dualControl.reopeningStatement());
      case REOPEN -> {
        dualControl.reopen(message.byFirst(), message.bySecond());
        yield new Answer(true, "The vault is open again.", NO_STATEMENT);
      }
      case DELETION -> {
        Optional<Statement> statement = dualControl.deletionStatement(message.employee());
        yield statement.isPresent()
            ? toSign("Both keepers sign this to announce the deletion.", statement.get())
            : refused("This employee has no active record.");
      }
      case DELETE -> {
        long due = dualControl.delete(message.employee(), message.byFirst(), message.bySecond());
        yield new Answer(
            true,
            "Announced; it will be done on " + Instant.ofEpochSecond(due) + " unless vetoed.",
            NO_STATEMENT);
      }
    };
  }

  private static Answer toSign(String text, Statement statement) {
    return new Answer(true, text, statement.transcript().toBytes());
  }

  private Answer describe() {
    boolean ready = vault.ready();
    String text =
        vault
            .closedBecause()
            .map(why -> "The vault has closed itself: " + why)
            .orElse(ready ? serving() : "The vault cannot serve now; see its log.");
    return new Answer(ready, text, NO_STATEMENT);
  }

  private String serving() {
    Duration behind = vault.behindHost();
    return behind.compareTo(VaultLimits.CLOCK_DRIFT) <= 0
        ? "The vault serves."
        : "The vault serves. Its time is "
            + behind.toHours()
            + " hours behind the host's clock, which was set or ran on while the vault did not:"
            + " look whether that clock is right.";
  }
}
