package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * A {@link VaultCard} as it travels: its bytes, the public key of the vault root and the root's
 * signature. Parsing proves nothing; the device verifies.
 *
 * @param card {@link VaultCard#signedBytes()}
 * @param rootKey SubjectPublicKeyInfo of the vault root
 * @param signature ECDSA P-256 with SHA-256, 64 bytes, over {@code card}
 */
public record SignedCard(byte[] card, byte[] rootKey, byte[] signature) {

  /** The longest signed card, in bytes: one with every former key. */
  public static final int MAX_BYTES = 2048;

  private static final int MAX_CARD_BYTES = 1536;

  /** Copies the arrays. */
  public SignedCard {
    card = card.clone();
    rootKey = rootKey.clone();
    signature = signature.clone();
  }

  @Override
  public byte[] card() {
    return card.clone();
  }

  @Override
  public byte[] rootKey() {
    return rootKey.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** SHA-256 of the root's SubjectPublicKeyInfo: what devices pin. */
  public Hash256 rootFingerprint() {
    return Hash256.sha256(rootKey);
  }

  /** SHA-256 of the card's bytes: what each request is bound to. */
  public Hash256 cardHash() {
    return Hash256.sha256(card);
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields().add(card).add(rootKey).add(signature).toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static SignedCard parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    SignedCard signed =
        new SignedCard(
            in.atMost("card", MAX_CARD_BYTES),
            in.atMost("rootKey", Hk1Constants.MAX_SPKI_BYTES),
            in.exactly("signature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return signed;
  }
}
