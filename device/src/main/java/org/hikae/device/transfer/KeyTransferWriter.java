package org.hikae.device.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.PendingKey;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.SignInProfile;
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
  private final SignInProfile person;
  private final String deviceId;

  /**
   * Writes into {@code stateFile}.
   *
   * @param person for whom K was asked
   * @param deviceId this device, hexadecimal
   */
  KeyTransferWriter(StateFile stateFile, SignInProfile person, String deviceId) {
    this.stateFile = stateFile;
    this.person = person;
    this.deviceId = deviceId;
  }

  /**
   * Keeps it. Refused when both devices have a pin of the vault root, and not the same; when
   * another person has signed in meanwhile; and when this device knows a later K of the set, or
   * another one of the generation: K never goes back, and none is forgotten.
   */
  void keep(KeyTransferContent content) throws AgentException {
    stateFile.update(
        newest -> {
          if (!newest.profile().isOf(person)) {
            throw new AgentException(RunResult.REFUSED, "transfer.changed");
          }
          AgentState known = withVault(newest, content);
          return withHeads(withKey(known, content), content);
        });
  }

  private static void requireNotBack(@Nullable UnlockedSet own, UnlockedSet come)
      throws AgentException {
    if (own == null || !own.setId().equals(come.setId())) {
      return;
    }
    PendingKey next = own.next();
    long newest = next == null ? own.generation() : next.generation();
    if (own.generation() > come.generation()) {
      throw new AgentException(
          RunResult.REFUSED,
          "rotate.set-back",
          String.valueOf(come.generation()),
          String.valueOf(newest));
    }
    boolean other =
        (own.generation() == come.generation() && !isSame(own.key(), come.key()))
            || (next != null
                && next.generation() == come.generation()
                && !isSame(next.key(), come.key()));
    if (other) {
      throw new AgentException(RunResult.CORRUPT, "transfer.altered");
    }
  }

  private static boolean isSame(String key, String other) {
    return MessageDigest.isEqual(
        key.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
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

  private static AgentState withKey(AgentState state, KeyTransferContent content)
      throws AgentException {
    try (SecretBytes secret = content.key().secret()) {
      byte[] key = secret.expose();
      UnlockedSet unlocked =
          UnlockedSet.of(
                  TextCodec.hex(content.key().setId()),
                  content.key().generation(),
                  TextCodec.base64(key))
              .signedBy(content.signers());
      Arrays.fill(key, (byte) 0);
      requireNotBack(state.set(), unlocked);
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
