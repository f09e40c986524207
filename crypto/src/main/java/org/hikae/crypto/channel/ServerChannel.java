package org.hikae.crypto.channel;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.Element;

/**
 * The vault's end of the channel (spec HK1-V-02 and HK1-V-04). Opening proves that the sender knew
 * the card, nothing about who it is; the same sealed request can arrive twice, and refusing the
 * second is the caller's.
 */
public final class ServerChannel {

  /** How much longer a sealed reply is: nonce (32), request hash (32) and tag (16). */
  public static final int REPLY_OVERHEAD = ReplySealer.NONCE_BYTES + 32 + AesGcm.TAG_BYTES;

  private final DhKey channelKey;
  private final SecureRandom random;

  /** Opens with one key, in memory or in a token. */
  public ServerChannel(DhKey channelKey, SecureRandom random) {
    this.channelKey = channelKey;
    this.random = random;
  }

  /**
   * Opens one request.
   *
   * @param info the same as at sealing
   * @param aad the same as at sealing
   * @throws CryptoException when anything differs
   */
  public OpenedRequest open(byte[] info, byte[] aad, byte[] sealed) throws CryptoException {
    if (sealed.length < ClientChannel.REQUEST_OVERHEAD) {
      throw new CryptoException("The sealed request is cut short.");
    }
    byte[] encapsulatedKey = Arrays.copyOf(sealed, Element.UNCOMPRESSED_BYTES);
    Element ephemeral = Element.decodeUncompressed(encapsulatedKey);
    byte[] sharedSecret =
        Hpke.sharedSecret(channelKey, ephemeral, ephemeral, channelKey.publicKey());
    Hpke.Context context = Hpke.keySchedule(Hpke.AES_256_GCM, sharedSecret, info);
    byte[] ciphertext = Arrays.copyOfRange(sealed, Element.UNCOMPRESSED_BYTES, sealed.length);
    byte[] request = AesGcm.open(context.key(), context.nonce(), aad, ciphertext);
    return new OpenedRequest(request, new ReplySealer(context, encapsulatedKey, sealed), random);
  }

  /** An opened request, and what seals its reply. */
  public static final class OpenedRequest {

    private final byte[] request;
    private final ReplySealer replySealer;
    private final SecureRandom random;

    private OpenedRequest(byte[] request, ReplySealer replySealer, SecureRandom random) {
      this.request = request;
      this.replySealer = replySealer;
      this.random = random;
    }

    /** The plaintext. */
    public byte[] request() {
      return request.clone();
    }

    /**
     * Seals a reply to exactly this request. Each call draws a fresh nonce, so a reply may be
     * sealed again.
     */
    public byte[] sealReply(byte[] reply) {
      byte[] nonce = new byte[ReplySealer.NONCE_BYTES];
      random.nextBytes(nonce);
      return replySealer.seal(nonce, reply);
    }
  }
}
