package org.hikae.crypto.channel;

import java.security.SecureRandom;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;

/**
 * The device's end of the channel (spec HK1-V-02 and HK1-V-04). Only who holds the vault's channel
 * key can read a request or answer it. The vault does not learn from the channel who asks: that is
 * in the request. Without forward secrecy towards a later theft of the channel key, as HPKE base
 * mode has none.
 */
public final class ClientChannel {

  /** How much longer a sealed request is: the encapsulated key (65) and the tag (16). */
  public static final int REQUEST_OVERHEAD = Element.UNCOMPRESSED_BYTES + AesGcm.TAG_BYTES;

  private final P256Group group;
  private final Element vaultKey;
  private final SecureRandom random;

  /**
   * Seals to one key.
   *
   * @param vaultKey the channel key of the card the device trusts
   */
  public ClientChannel(P256Group group, Element vaultKey, SecureRandom random) {
    this.group = group;
    this.vaultKey = vaultKey;
    this.random = random;
  }

  /**
   * Seals one request under a fresh context.
   *
   * @param info what the request is bound to and both sides know; the vault opens with the same or
   *     not at all
   * @param aad as {@code info}, outside the key
   */
  public SealedRequest seal(byte[] info, byte[] aad, byte[] request) {
    DhKeyPair ephemeral = DhKeyPair.generate(group, random);
    byte[] sharedSecret = Hpke.sharedSecret(ephemeral, vaultKey, ephemeral.publicKey(), vaultKey);
    Hpke.Context context = Hpke.keySchedule(Hpke.AES_256_GCM, sharedSecret, info);
    byte[] encapsulatedKey = ephemeral.publicKey().encodeUncompressed();
    byte[] sealed =
        Arrays.concatenate(
            encapsulatedKey, AesGcm.seal(context.key(), context.nonce(), aad, request));
    return new SealedRequest(sealed, new ReplySealer(context, encapsulatedKey, sealed));
  }

  /** A sealed request, and what opens its reply. The same sealed bytes may be sent again. */
  public static final class SealedRequest {

    private final byte[] sealed;
    private final ReplySealer replySealer;

    private SealedRequest(byte[] sealed, ReplySealer replySealer) {
      this.sealed = sealed;
      this.replySealer = replySealer;
    }

    /** The bytes to send: encapsulated key, then ciphertext. */
    public byte[] sealed() {
      return sealed.clone();
    }

    /**
     * Opens a reply to exactly this request.
     *
     * @throws CryptoException when it was altered, cut, or sealed for another request; a later
     *     reply may still be opened
     */
    public byte[] openReply(byte[] sealedReply) throws CryptoException {
      return replySealer.open(sealedReply);
    }
  }
}
