package org.hikae.crypto.opaque.client;

/**
 * The key stretching function (RFC 9807, section 2.2): makes each guess expensive for whoever has
 * stolen record and OPRF key. Production has one, {@link Argon2idKsf}; the RFC's vectors use the
 * identity, which lives in the tests.
 */
@FunctionalInterface
public interface Ksf {

  /** Stretches 32 bytes to 32 bytes, deterministically. */
  byte[] stretch(byte[] oprfOutput);
}
