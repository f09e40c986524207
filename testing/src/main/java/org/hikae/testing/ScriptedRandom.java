package org.hikae.testing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Gives the bytes of a script in order, then fails: how vectors fix every random value. */
public final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient ByteBuffer script;

  /** Gives the parts one after the other. */
  public ScriptedRandom(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    script = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      script.put(part);
    }
    script.flip();
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
