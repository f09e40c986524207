package org.hikae.device.vaultclient;

import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.device.AgentException;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.StateFile;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.LedgerHead;
import org.jspecify.annotations.Nullable;

/**
 * The newest head of the vault's ledger that this device has seen (spec HK1-V-20). It is sent with
 * each request, and an answer that shows less is an alarm: the vault, or whoever poses as it, was
 * set back. A higher head is on the disk before the answer it came with is used.
 */
final class LedgerHeadGuard {

  /** Says that the ledger is older than one that was seen. */
  static final String SET_BACK = "vault.set-back";

  private final StateFile stateFile;

  LedgerHeadGuard(StateFile stateFile) {
    this.stateFile = stateFile;
  }

  /** What is remembered of the vault that is pinned. */
  @Nullable LedgerHead remembered() throws AgentException {
    RememberedVault memory = stateFile.require().vault();
    return memory == null ? null : head(memory);
  }

  private static @Nullable LedgerHead head(RememberedVault memory) throws AgentException {
    String text = memory.head();
    if (text == null) {
      return null;
    }
    try {
      return LedgerHead.parse(TextCodec.parseBase64("head", text, LedgerHead.MAX_BYTES));
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  /** The bytes to send: nothing when the card's identity key did not sign what is remembered. */
  static byte[] toSend(@Nullable LedgerHead head, TrustedCard card) {
    return head != null && isSignedBy(card, head) ? head.encode() : new byte[0];
  }

  private static boolean isSignedBy(TrustedCard card, LedgerHead head) {
    try {
      card.identityKey()
          .verify(LedgerHead.transcript(card.tenant(), head.seq(), head.mac()), head.signature());
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  /**
   * Takes the head of an answer.
   *
   * @param before what was remembered when the request was sent
   */
  void accept(LedgerHead shown, @Nullable LedgerHead before, TrustedCard card)
      throws AgentException {
    if (!isSignedBy(card, shown)) {
      throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
    }
    if (before != null) {
      requireNotBehind(shown, before);
      if (shown.seq() == before.seq()) {
        return;
      }
    }
    stateFile.update(
        newest -> {
          RememberedVault memory = newest.vault();
          if (memory == null) {
            return newest;
          }
          LedgerHead known = head(memory);
          if (known != null && known.seq() >= shown.seq()) {
            requireSame(shown, known);
            return newest;
          }
          return newest.withVault(memory.withHead(TextCodec.base64(shown.encode())));
        });
  }

  private static void requireNotBehind(LedgerHead shown, LedgerHead before) throws AgentException {
    if (shown.seq() < before.seq()) {
      throw new AgentException(RunResult.REFUSED, SET_BACK, before.seq(), shown.seq());
    }
    requireSame(shown, before);
  }

  private static void requireSame(LedgerHead shown, LedgerHead known) throws AgentException {
    if (shown.seq() == known.seq() && !shown.mac().equals(known.mac())) {
      throw new AgentException(RunResult.REFUSED, SET_BACK, known.seq(), shown.seq());
    }
  }
}
