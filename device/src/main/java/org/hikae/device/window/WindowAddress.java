package org.hikae.device.window;

import java.security.SecureRandom;
import org.hikae.hk1.TextCodec;

/**
 * Where the window is. The name is a random one below {@code localhost}, which browsers take for
 * this computer without asking anybody (RFC 6761), so that no page can name it and what the browser
 * keeps for it is shared with nothing else.
 *
 * @param host the name
 * @param port on 127.0.0.1 and ::1
 */
public record WindowAddress(String host, int port) {

  private static final int NAME_BYTES = 16;

  /** A name that nobody can guess. */
  static WindowAddress of(SecureRandom random, int port) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return new WindowAddress(TextCodec.hex(name) + ".localhost", port);
  }

  /** What the field {@code Host} has to say. */
  public String authority() {
    return host + ":" + port;
  }

  /** What the field {@code Origin} has to say. */
  public String origin() {
    return "http://" + authority();
  }
}
