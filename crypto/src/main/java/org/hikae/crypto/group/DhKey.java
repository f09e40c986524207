package org.hikae.crypto.group;

/**
 * A Diffie-Hellman key that can be used but not read: in memory, or in a token that never gives it
 * out.
 *
 * <p>Contract: safe for use by several threads; {@link #publicKey} never changes; {@link #agree}
 * returns the product for every element. An implementation that cannot answer now throws an
 * unchecked exception of its own, which passes through every caller of this module unchanged.
 */
public interface DhKey {

  /** k·G. */
  Element publicKey();

  /** k·peer. */
  Element agree(Element peer);
}
