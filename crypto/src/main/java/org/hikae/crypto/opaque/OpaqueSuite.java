package org.hikae.crypto.opaque;

import org.hikae.crypto.group.Element;

/**
 * Constants of RFC 9807 for OPAQUE-3DH with P256-SHA256 (sections 2, 4 and 7); lengths in bytes.
 */
public final class OpaqueSuite {

  /** Nn: nonces. */
  public static final int NONCE = 32;

  /** Nm and Nh: codes and hashes. */
  public static final int MAC = 32;

  /** Nseed: seeds of key pairs. */
  public static final int SEED = 32;

  /** Ne: an envelope, its nonce and its tag. */
  public static final int ENVELOPE = NONCE + MAC;

  /** What the server masks: its public key and the envelope. */
  public static final int MASKED = Element.BYTES + ENVELOPE;

  /**
   * DeriveDiffieHellmanKeyPair: what the seed of an AKE key is for. OPRF keys have another label.
   */
  public static final String AKE_KEY_INFO = "OPAQUE-DeriveDiffieHellmanKeyPair";

  private OpaqueSuite() {}
}
