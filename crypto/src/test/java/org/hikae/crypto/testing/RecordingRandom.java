package org.hikae.crypto.testing;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps the arrays it filled, so that a test sees what became of them. */
public final class RecordingRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient List<byte[]> draws = new ArrayList<>();

  @Override
  public void nextBytes(byte[] bytes) {
    super.nextBytes(bytes);
    draws.add(bytes);
  }

  /** The arrays themselves, in the order they were filled. */
  public List<byte[]> draws() {
    return Collections.unmodifiableList(draws);
  }
}
