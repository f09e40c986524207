package org.hikae.crypto.opaque.client;

/** Argon2id with values that no production code can ask for. */
public final class CustomArgon2id {

  private CustomArgon2id() {}

  /** With these values instead of suite 1's. */
  public static Ksf with(int memoryKib, int passes, int lanes) {
    return new Argon2idKsf(memoryKib, passes, lanes);
  }
}
