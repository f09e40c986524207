package org.hikae.vault.port;

import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.hk1.Transcript;

/**
 * The keys everything else hangs on, in a file or in a token. Contract: safe for several threads; a
 * call that cannot be answered now throws {@link UnavailableException}; the same root gives the
 * same keys after each start.
 */
public interface RootKey extends AutoCloseable {

  /** Multiplies by {@code ks}. Each call may be one guess: charge before. */
  OprfKey oprf();

  /** A code that only this root makes; also the source of sealing keys. 32 bytes. */
  byte[] hmac(Transcript input);

  /** OPAQUE's server key. */
  DhKey ake();

  /** The channel's key. */
  DhKey channel();

  /** Signs receipts and Status. */
  Signer identity();

  /** How the root is kept, as on the card: {@code software} or {@code pkcs11}. */
  String name();

  /**
   * Whether the root answers now: a token is asked, within the bound of its calls; a root in
   * software always does. Never throws.
   */
  boolean ready();

  @Override
  void close();
}
