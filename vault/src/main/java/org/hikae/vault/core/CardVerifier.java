package org.hikae.vault.core;

import java.security.MessageDigest;
import java.util.stream.Stream;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * Verifies a signed card the way a device must (spec HK1-V-01), and that a root's keys are the
 * card's.
 */
public final class CardVerifier {

  private CardVerifier() {}

  /**
   * Reads a card and checks it against a pinned fingerprint and the highest sequence seen.
   *
   * @param pinned SHA-256 of the vault root's SubjectPublicKeyInfo
   * @param lowestSequence the highest sequence seen so far
   * @throws CryptoException for another root, a wrong signature, or a lower sequence
   * @throws MalformedException when the bytes are no card
   */
  public static VaultCard verify(SignedCard signed, Hash256 pinned, long lowestSequence)
      throws CryptoException, MalformedException {
    if (!signed.rootFingerprint().equals(pinned)) {
      throw new CryptoException("The card was signed by another vault root than the pinned one.");
    }
    VaultCard card = VaultCard.parse(signed.card());
    VerifyingKey.decode(signed.rootKey()).verify(card.transcript(), signed.signature());
    if (card.sequence() < lowestSequence) {
      throw new CryptoException("The card is older than one that was seen before.");
    }
    return card;
  }

  /** Whether the vault signed this, with its identity key or one before that is still good. */
  static boolean isSignedBy(VaultCard card, Transcript signed, byte[] signature) {
    return Stream.concat(Stream.of(card.identityKey()), card.history().formerIdentities().stream())
        .anyMatch(key -> verifies(key, signed, signature));
  }

  private static boolean verifies(byte[] key, Transcript signed, byte[] signature) {
    try {
      VerifyingKey.decode(key).verify(signed, signature);
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  /**
   * Requires that the card announces exactly this root's keys.
   *
   * @throws IllegalArgumentException when it does not
   */
  public static void requireKeysOf(VaultCard card, RootKey root) {
    boolean same =
        MessageDigest.isEqual(card.identityKey(), root.identity().publicKey().encode())
            && MessageDigest.isEqual(
                card.channelKey(), root.channel().publicKey().encodeUncompressed())
            && MessageDigest.isEqual(card.akeKey(), root.ake().publicKey().encode())
            && card.rootName().equals(root.name());
    if (!same) {
      throw new IllegalArgumentException("The card is not one of this root's keys.");
    }
  }
}
