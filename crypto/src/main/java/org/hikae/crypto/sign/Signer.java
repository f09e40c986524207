package org.hikae.crypto.sign;

import org.hikae.hk1.Transcript;

/**
 * A signature key that can be used but not read: in memory, or in a token.
 *
 * <p>Contract: safe for use by several threads; every signature verifies under {@link #publicKey}.
 * An implementation that cannot sign now throws an unchecked exception of its own.
 */
public interface Signer {

  /** The key that verifies. */
  VerifyingKey publicKey();

  /** 64 bytes, r and s (IEEE P1363). Two signatures of one transcript differ. */
  byte[] sign(Transcript transcript);
}
