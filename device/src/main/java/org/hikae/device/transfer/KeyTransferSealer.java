package org.hikae.device.transfer;

import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.cpace.CpaceSession;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;

/**
 * Seals K under the key of a run whose other side has confirmed it, and says that it has arrived
 * (spec HK1-T-07). A session gives out no key before that.
 */
final class KeyTransferSealer {

  /** Most bytes of a body. */
  static final int MAX_BODY_BYTES = KeyTransferMessage.MAX_BODY_BYTES;

  private static final String SEALING = "HK1 transfer key";
  private static final String RECEIVED = "HK1 transfer receipt";

  /** One message is sealed under the key of a run, and no run has another one's key. */
  private static final byte[] NONCE = new byte[AesGcm.NONCE_BYTES];

  private final CpaceSession session;
  private final byte[] sealedFor;

  /**
   * Of a run.
   *
   * @param sealedFor between whom and for what, by {@link KeyTransferChannel#sealedFor}
   */
  KeyTransferSealer(CpaceSession session, byte[] sealedFor) {
    this.session = session;
    this.sealedFor = sealedFor.clone();
  }

  /** Seals; the plaintext is overwritten. */
  byte[] seal(byte[] plaintext) {
    byte[] key = key(SEALING);
    try {
      return AesGcm.seal(key, NONCE, sealedFor, plaintext);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** Opens; the caller overwrites what comes out. */
  byte[] open(byte[] sealed) throws CryptoException {
    byte[] key = key(SEALING);
    try {
      return AesGcm.open(key, NONCE, sealedFor, sealed);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** What only who has the key of the run can say of what was sealed. */
  byte[] receipt(byte[] sealed) {
    byte[] key = key(RECEIVED);
    try {
      return HmacSha256.mac(key, received(sealed));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Whether it is that. */
  boolean isReceipt(byte[] sealed, byte[] receipt) {
    byte[] key = key(RECEIVED);
    try {
      return HmacSha256.verify(key, received(sealed), receipt);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] received(byte[] sealed) {
    return Transcript.of("transfer receipt")
        .add(sealedFor)
        .add(Hash256.sha256(sealed).toBytes())
        .toBytes();
  }

  private byte[] key(String purpose) {
    try (SecretBytes key = session.key(purpose)) {
      return key.expose();
    }
  }
}
