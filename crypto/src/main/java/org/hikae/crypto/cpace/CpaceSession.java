package org.hikae.crypto.cpace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * The key of a run, which is given out once the other party has shown that it has the same. Not for
 * use by several threads.
 */
public final class CpaceSession implements AutoCloseable {

  /** Length of a confirmation, in bytes. */
  public static final int CONFIRMATION_BYTES = 32;

  private final SecretBytes sessionKey;
  private final SecretBytes confirmationKey;
  private final CpaceMessage own;
  private final CpaceMessage peer;
  private boolean confirmed;

  CpaceSession(SecretBytes sessionKey, byte[] sessionId, CpaceMessage own, CpaceMessage peer) {
    this.sessionKey = sessionKey;
    this.confirmationKey = CpaceSuite.confirmationKey(sessionId, sessionKey);
    this.own = own;
    this.peer = peer;
  }

  /** What shows the other party that this one has the key: 32 bytes. */
  public byte[] confirmation() {
    return code(own);
  }

  /**
   * Takes the other party's confirmation. A wrong one ends the session: it is a wrong code, or
   * somebody in between.
   *
   * @throws CryptoException when it is not right
   */
  public void confirm(byte[] confirmation) throws CryptoException {
    byte[] key = confirmationKey.expose();
    try {
      confirmed = HmacSha256.verify(key, peer.transcript(), confirmation);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    if (!confirmed) {
      close();
      throw new CryptoException("The other party has no such key.");
    }
  }

  /**
   * A key for one purpose, 32 bytes: HKDF of the session key.
   *
   * @param purpose what it is for, ASCII
   * @throws IllegalStateException before the other party has confirmed
   */
  public SecretBytes key(String purpose) {
    if (!confirmed) {
      throw new IllegalStateException("The other party has not confirmed the key.");
    }
    return Hkdf.derive(new byte[0], sessionKey, purpose.getBytes(US_ASCII), 32);
  }

  private byte[] code(CpaceMessage message) {
    byte[] key = confirmationKey.expose();
    try {
      return HmacSha256.mac(key, message.transcript());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The session key itself, for vectors. */
  SecretBytes sessionKey() {
    return sessionKey;
  }

  @Override
  public void close() {
    confirmed = false;
    sessionKey.close();
    confirmationKey.close();
  }

  @Override
  public String toString() {
    return "CpaceSession(REDACTED)";
  }
}
