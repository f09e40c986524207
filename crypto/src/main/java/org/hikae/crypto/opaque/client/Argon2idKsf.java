package org.hikae.crypto.opaque.client;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with the constants of suite 1: 64 MiB, 3 passes, 4 lanes, a salt of 16 zero
 * bytes, 32 bytes out. The input is already unique to the record, so the salt may be constant. The
 * constants are never read from a message: a server could otherwise ask for a cheap stretching.
 *
 * <p>Takes 64 MiB of heap and 0.2 to 0.8 seconds.
 */
public final class Argon2idKsf implements Ksf {

  /** Memory, in KiB. */
  public static final int MEMORY_KIB = 64 * 1024;

  /** Passes over the memory. */
  public static final int PASSES = 3;

  /** Lanes, which may be computed at once. */
  public static final int LANES = 4;

  private static final int SALT_BYTES = 16;
  private static final int OUTPUT_BYTES = 32;

  private final int memoryKib;
  private final int passes;
  private final int lanes;

  /** With the constants of suite 1. */
  public Argon2idKsf() {
    this(MEMORY_KIB, PASSES, LANES);
  }

  /** For the record of a peer that was made with other values, in tests. */
  Argon2idKsf(int memoryKib, int passes, int lanes) {
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.lanes = lanes;
  }

  @Override
  public byte[] stretch(byte[] oprfOutput) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(new byte[SALT_BYTES])
            .build());
    byte[] stretched = new byte[OUTPUT_BYTES];
    argon2.generateBytes(oprfOutput, stretched);
    return stretched;
  }
}
