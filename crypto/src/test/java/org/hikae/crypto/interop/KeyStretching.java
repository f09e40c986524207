package org.hikae.crypto.interop;

import java.util.Map;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.crypto.opaque.client.CustomArgon2id;
import org.hikae.crypto.opaque.client.Ksf;

/** The key stretching of both clients. The peer has only Argon2id, and a salt of 16 zero bytes. */
enum KeyStretching {
  /** The constants of suite 1; ours has no parameters to take them from. */
  SUITE_1(65536, 3, 4),

  /** Next to nothing, for tests of everything else. */
  CHEAP(64, 1, 4);

  private final int memoryKib;
  private final int passes;
  private final int lanes;

  KeyStretching(int memoryKib, int passes, int lanes) {
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.lanes = lanes;
  }

  Ksf forUs() {
    return this == SUITE_1 ? new Argon2idKsf() : CustomArgon2id.with(memoryKib, passes, lanes);
  }

  /** As the peer's parameter {@code keyStretching}. */
  Map<String, ?> forPeer() {
    return Map.of(
        "argon2id-custom", Map.of("memory", memoryKib, "iterations", passes, "parallelism", lanes));
  }
}
