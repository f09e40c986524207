package org.hikae.device.vectors;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Gives the bytes that it was made with, and none after them. */
public final class GivenRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient ByteBuffer given;

  /** Gives the parts one after the other. */
  public GivenRandom(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    given = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      given.put(part);
    }
    given.flip();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    given.get(bytes);
  }
}
