package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;

/** Asks the vault about the employee's record; costs no attempt (spec HK1-V-10). */
public final class VaultStatusQuery {

  /** Most pages of receipts that are fetched at once. */
  private static final int MAX_PAGES = 1000;

  /** Before each repeat to a vault that cannot serve now. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private VaultStatusQuery() {}

  /** Asks, fetches every receipt that is missing here, and keeps them. */
  public static StatusDone report(VaultChannel channel, byte[] setId, SecureRandom random)
      throws AgentException {
    long after = channel.receipts().read().wholeUpTo();
    for (int page = 0; page < MAX_PAGES; page++) {
      StatusDone status = ask(channel, setId, after, random);
      after = keep(channel, status, after);
      if (status.receipts().size() < StatusDone.MAX_RECEIPTS) {
        boolean heard =
            !status.receipts().isEmpty()
                && status.announced().what() != StatusDone.Announcement.NONE;
        return heard ? saidToBeHeard(channel, setId, after, status, random) : status;
      }
    }
    throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
  }

  /** Keeps the receipts of an answer; the newest row there is now. */
  private static long keep(VaultChannel channel, StatusDone status, long before)
      throws AgentException {
    long after = before;
    for (Receipt receipt : status.receipts()) {
      channel.requireGenuine(receipt);
      if (receipt.entry().seq() <= after) {
        throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
      }
      after = receipt.entry().seq();
    }
    channel.receipts().add(status.receipts());
    return after;
  }

  /**
   * Asks once more with what is kept now, by which the vault knows that this device has heard what
   * is announced; its time may begin with that (spec HK1-V-34). Else the next Status says it.
   */
  private static StatusDone saidToBeHeard(
      VaultChannel channel, byte[] setId, long after, StatusDone fetched, SecureRandom random)
      throws AgentException {
    try {
      StatusDone status = ask(channel, setId, after, random);
      keep(channel, status, after);
      return status;
    } catch (AgentException e) {
      if (e.result() != RunResult.NETWORK) {
        throw e;
      }
      return fetched;
    }
  }

  /**
   * Fetches what an operation left between its receipts, so that none is missing afterwards. What
   * was done is done, so an unreachable vault is no failure; the next Status fetches it.
   */
  static void catchUp(VaultChannel channel, byte[] setId, SecureRandom random)
      throws AgentException {
    try {
      report(channel, setId, random);
    } catch (AgentException e) {
      if (e.result() != RunResult.NETWORK) {
        throw e;
      }
    }
  }

  /** The receipt of what was asked, when it happened although its reply did not come. */
  static Receipt happened(
      VaultChannel channel,
      byte[] setId,
      ExpectedReceipt expected,
      AgentException instead,
      SecureRandom random)
      throws AgentException {
    if (!VaultRefusedException.mayHaveBeenDone(instead)) {
      throw instead;
    }
    long before = channel.receipts().read().wholeUpTo();
    report(channel, setId, random);
    return channel.receipts().read().receipts().stream()
        .filter(receipt -> receipt.entry().seq() > before && channel.says(receipt, expected))
        .reduce((first, last) -> last)
        .orElseThrow(() -> instead);
  }

  /** As long as the vault may be taken over by another process (spec HK1-V-16, HK1-V-27). */
  private static byte[] patiently(VaultChannel channel, byte[] setId, byte[] payload)
      throws AgentException {
    for (Duration pause : PAUSES) {
      try {
        return channel.ask(VaultMessageType.STATUS, setId, payload);
      } catch (VaultRefusedException e) {
        if (!e.is(VaultRefusal.UNAVAILABLE)) {
          throw e;
        }
        channel.pause(pause);
      }
    }
    return channel.ask(VaultMessageType.STATUS, setId, payload);
  }

  /** The signed state of the record, verified and fresh, with receipts after {@code afterSeq}. */
  public static StatusDone ask(
      VaultChannel channel, byte[] setId, long afterSeq, SecureRandom random)
      throws AgentException {
    byte[] nonce = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(nonce);
    byte[] reply = patiently(channel, setId, new VaultPayload.Status(nonce, afterSeq).encode());
    try {
      StatusDone status = StatusDone.parse(reply);
      channel.card().identityKey().verify(status.transcript(), status.signature());
      if (!MessageDigest.isEqual(nonce, status.nonce())) {
        throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
      }
      channel.witnessed().note(setId, status.series());
      return status;
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }
}
