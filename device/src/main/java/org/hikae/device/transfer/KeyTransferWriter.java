package org.hikae.device.transfer;

import java.util.Arrays;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.vaultclient.TrustedCard;
import org.hikae.device.vaultclient.VaultConnector;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was handed over (spec HK1-T-08), all of it or nothing. What this device remembers
 * itself never goes back for it.
 */
final class KeyTransferWriter {

  /** Where a pin came from that another device handed over. */
  static final String FROM_DEVICE = "DEVICE";

  private final StateFile stateFile;
  private final String deviceId;

  /**
   * Writes into {@code stateFile}.
   *
   * @param deviceId this device, hexadecimal
   */
  KeyTransferWriter(StateFile stateFile, String deviceId) {
    this.stateFile = stateFile;
    this.deviceId = deviceId;
  }

  /** Keeps it; refused when both devices have a pin of the vault root, and not the same. */
  void keep(KeyTransferContent content) throws AgentException {
    stateFile.update(newest -> withHeads(withKey(withVault(newest, content), content), content));
  }

  private static AgentState withVault(AgentState newest, KeyTransferContent content)
      throws AgentException {
    String root = content.vaultRoot();
    if (root == null) {
      return newest;
    }
    String pin = newest.profile().vaultRoot();
    if (pin != null && !VaultConnector.parse(pin).hex().equals(root)) {
      throw new AgentException(
          RunResult.REFUSED, "transfer.other-pin", VaultConnector.parse(pin).hex(), root);
    }
    AgentState pinned = pin == null ? newest.withVaultPin(root, FROM_DEVICE) : newest;
    String card = content.card();
    return card == null ? pinned : withCard(pinned, root, card, content.head());
  }

  private static AgentState withCard(
      AgentState pinned, String root, String card, @Nullable String head) throws AgentException {
    long sequence = verified(root, card).sequence();
    RememberedVault own = pinned.vault();
    if (own == null || !own.root().equals(root)) {
      return pinned.withCardSequence(sequence).withVault(new RememberedVault(root, card, head, 0));
    }
    RememberedVault memory =
        sequence > pinned.cardSequence()
            ? new RememberedVault(root, card, own.head(), own.toldUpTo())
            : own;
    AgentState kept = pinned.withCardSequence(sequence);
    return head != null && place(head) > place(own.head())
        ? kept.withVault(memory.withHead(head))
        : kept.withVault(memory);
  }

  private static TrustedCard verified(String root, String card) throws AgentException {
    try {
      byte[] bytes = TextCodec.parseBase64("card", card, SignedCard.MAX_BYTES);
      return TrustedCard.verify(bytes, Hash256.parse(root), 0);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.CORRUPT, e, "transfer.altered");
    }
  }

  private static long place(@Nullable String head) throws AgentException {
    try {
      return head == null
          ? -1
          : LedgerHead.parse(TextCodec.parseBase64("head", head, LedgerHead.MAX_BYTES)).seq();
    } catch (MalformedException e) {
      throw new AgentException(RunResult.CORRUPT, e, "transfer.altered");
    }
  }

  private static AgentState withKey(AgentState state, KeyTransferContent content) {
    try (SecretBytes secret = content.key().secret()) {
      byte[] key = secret.expose();
      UnlockedSet unlocked =
          UnlockedSet.of(
                  TextCodec.hex(content.key().setId()),
                  content.key().generation(),
                  TextCodec.base64(key))
              .signedBy(content.signers());
      Arrays.fill(key, (byte) 0);
      return state.withSet(content.formats() == 0 ? unlocked : unlocked.writing(content.formats()));
    }
  }

  /** Of its own series a device has made only what it has committed itself. */
  private AgentState withHeads(AgentState state, KeyTransferContent content) {
    AgentState changed = state;
    for (Map.Entry<String, SeenSeriesHead> entry : content.heads().entrySet()) {
      SeenSeriesHead own = state.heads().get(entry.getKey());
      SeenSeriesHead seen = entry.getValue();
      if (own == null || own.sequence() < seen.sequence()) {
        boolean mine = entry.getKey().equals(deviceId);
        changed = changed.withHead(entry.getKey(), mine ? seen.taken() : seen);
      }
    }
    return changed;
  }
}
