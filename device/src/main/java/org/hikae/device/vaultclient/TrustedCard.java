package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * A card that was verified (spec HK1-V-01, HK1-V-50): signed by the root whose fingerprint is
 * pinned, and not older than one seen before. There is no other way to make one, so whoever holds
 * it may seal to it.
 */
public final class TrustedCard {

  private final SignedCard signed;
  private final VaultCard card;
  private final VerifyingKey identityKey;
  private final List<VerifyingKey> formerIdentityKeys;
  private final Element channelKey;
  private final Element akeKey;

  private TrustedCard(
      SignedCard signed,
      VaultCard card,
      VerifyingKey identityKey,
      List<VerifyingKey> formerIdentityKeys,
      Element channelKey,
      Element akeKey) {
    this.signed = signed;
    this.card = card;
    this.identityKey = identityKey;
    this.formerIdentityKeys = formerIdentityKeys;
    this.channelKey = channelKey;
    this.akeKey = akeKey;
  }

  /**
   * Verifies what the portal handed out.
   *
   * @param pinnedRoot fingerprint of the vault root
   * @param lowestSequence highest sequence seen before
   */
  public static TrustedCard verify(byte[] bytes, Hash256 pinnedRoot, long lowestSequence)
      throws AgentException {
    try {
      SignedCard signed = SignedCard.parse(bytes);
      if (!signed.rootFingerprint().equals(pinnedRoot)) {
        throw new AgentException(
            RunResult.REFUSED, "vault.wrong-root", signed.rootFingerprint().hex());
      }
      VaultCard card = VaultCard.parse(signed.card());
      VerifyingKey.decode(signed.rootKey()).verify(card.transcript(), signed.signature());
      if (card.sequence() < lowestSequence) {
        throw new AgentException(
            RunResult.REFUSED, "vault.older-card", card.sequence(), lowestSequence);
      }
      return new TrustedCard(
          signed,
          card,
          VerifyingKey.decode(card.identityKey()),
          decode(card.history().formerIdentities()),
          Element.decodeUncompressed(card.channelKey()),
          Element.decode(card.akeKey()));
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.card-refused");
    }
  }

  private static List<VerifyingKey> decode(List<byte[]> keys) throws CryptoException {
    List<VerifyingKey> decoded = new ArrayList<>();
    for (byte[] key : keys) {
      decoded.add(VerifyingKey.decode(key));
    }
    return List.copyOf(decoded);
  }

  /**
   * Refuses a card of another vault under the same root, and two cards under one number (spec
   * HK1-V-50): a password would be tried in vain at keys that no record of this device belongs to.
   * The second comes about honestly, too: a vault whose files were restored from before a renewal
   * is renewed again.
   *
   * @param known the one that was verified last
   */
  void requireFollows(TrustedCard known) throws AgentException {
    boolean sameVault =
        tenant().equals(known.tenant())
            && MessageDigest.isEqual(card.akeKey(), known.card.akeKey());
    if (!sameVault) {
      throw new AgentException(RunResult.REFUSED, "vault.other-vault");
    }
    boolean sameCard = signed.cardHash().equals(known.signed.cardHash());
    if (sequence() == known.sequence() && !sameCard) {
      throw new AgentException(RunResult.REFUSED, "vault.other-card", sequence());
    }
  }

  /** Its position among the vault's cards. */
  public long sequence() {
    return card.sequence();
  }

  /** The company. */
  public String tenant() {
    return card.tenant();
  }

  /** How the vault keeps its root: {@code software} or {@code pkcs11}. */
  public String rootName() {
    return card.rootName();
  }

  /** The card as it travels, with the signature that was verified. */
  public SignedCard signed() {
    return signed;
  }

  VerifyingKey identityKey() {
    return identityKey;
  }

  /**
   * Checks the vault's signature on something that was kept: by this card's identity key, or by one
   * before that the card still names.
   *
   * @throws CryptoException when it is nobody's of these
   */
  void requireKept(Transcript signed, byte[] signature) throws CryptoException {
    for (VerifyingKey former : formerIdentityKeys) {
      try {
        former.verify(signed, signature);
        return;
      } catch (CryptoException e) {
        // Perhaps another one.
      }
    }
    identityKey.verify(signed, signature);
  }

  Element channelKey() {
    return channelKey;
  }

  Element akeKey() {
    return akeKey;
  }
}
