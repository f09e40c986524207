package org.hikae.device.vaultclient;

import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * A card that was verified (spec HK1-V-01): signed by the root whose fingerprint is pinned, and not
 * older than one seen before. There is no other way to make one, so whoever holds it may seal to
 * it.
 */
public final class TrustedCard {

  private final SignedCard signed;
  private final VaultCard card;
  private final VerifyingKey identityKey;
  private final Element channelKey;
  private final Element akeKey;

  private TrustedCard(
      SignedCard signed,
      VaultCard card,
      VerifyingKey identityKey,
      Element channelKey,
      Element akeKey) {
    this.signed = signed;
    this.card = card;
    this.identityKey = identityKey;
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
          Element.decodeUncompressed(card.channelKey()),
          Element.decode(card.akeKey()));
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.card-refused");
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

  SignedCard signed() {
    return signed;
  }

  VerifyingKey identityKey() {
    return identityKey;
  }

  Element channelKey() {
    return channelKey;
  }

  Element akeKey() {
    return akeKey;
  }
}
