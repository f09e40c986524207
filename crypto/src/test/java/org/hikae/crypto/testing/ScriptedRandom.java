package org.hikae.crypto.testing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.bouncycastle.util.Arrays;

/** Gives the bytes of a script in order, then fails: how vectors fix every random value. */
public final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient ByteBuffer script;

  /** Gives the parts one after the other. */
  public ScriptedRandom(byte[]... parts) {
    this.script = ByteBuffer.wrap(Arrays.concatenate(parts));
  }

  @Override
  public void nextBytes(byte[] bytes) {
    script.get(bytes);
  }

  /** Whether every byte was used. */
  public boolean isExhausted() {
    return !script.hasRemaining();
  }
}
