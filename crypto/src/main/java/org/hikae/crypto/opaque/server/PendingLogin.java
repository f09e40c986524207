package org.hikae.crypto.opaque.server;

import java.security.MessageDigest;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.OpaqueSuite;

/**
 * What the server remembers between KE2 and KE3. It can leave the process only sealed. Single use
 * and expiry are the caller's: this class would accept the same KE3 again.
 */
public final class PendingLogin implements AutoCloseable {

  /** Length of {@link #encode}. */
  public static final int BYTES = OpaqueSuite.MAC + OpaqueSuite.MAC;

  private final byte[] expectedClientMac;
  private final SecretBytes sessionKey;

  PendingLogin(byte[] expectedClientMac, SecretBytes sessionKey) {
    this.expectedClientMac = expectedClientMac;
    this.sessionKey = sessionKey;
  }

  /** Restores what {@link #encode} gave, 64 bytes. */
  public static PendingLogin decode(SecretBytes encoded) {
    if (encoded.length() != BYTES) {
      throw new IllegalArgumentException("a pending login has 64 bytes, not " + encoded.length());
    }
    byte[] exposed = encoded.expose();
    try {
      return new PendingLogin(
          Arrays.copyOf(exposed, OpaqueSuite.MAC),
          SecretBytes.take(Arrays.copyOfRange(exposed, OpaqueSuite.MAC, BYTES)));
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  /** 64 bytes that decide the login: whoever can write them can log in. */
  public SecretBytes encode() {
    byte[] exposed = sessionKey.expose();
    try {
      return SecretBytes.take(org.bouncycastle.util.Arrays.concatenate(expectedClientMac, exposed));
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  /**
   * ServerFinish: the session key, 32 bytes, when the client knew the password.
   *
   * @throws CryptoException when it did not, or a byte of the exchange differs
   */
  public SecretBytes finish(Ke3 ke3) throws CryptoException {
    if (!MessageDigest.isEqual(expectedClientMac, ke3.encode())) {
      throw new CryptoException("KE3 does not prove knowledge of the password.");
    }
    return sessionKey.copy();
  }

  /** Destroys the session key; a login can no longer be finished. */
  @Override
  public void close() {
    sessionKey.close();
  }
}
