package org.hikae.device.window;

import java.util.Arrays;

/**
 * What the page gets.
 *
 * @param status of HTTP
 * @param type of the bytes
 * @param bytes the body
 * @param secret whether they are overwritten when they are sent
 */
public record WindowAnswer(int status, String type, byte[] bytes, boolean secret) {

  private static final byte[] NOTHING = {};

  /** What nobody else may see. */
  public static WindowAnswer secret(String type, byte[] bytes) {
    return new WindowAnswer(200, type, bytes, true);
  }

  /** What may be sent more than once. */
  public static WindowAnswer of(int status, String type, byte[] bytes) {
    return new WindowAnswer(status, type, bytes, false);
  }

  /** JSON. */
  public static WindowAnswer json(int status, byte[] bytes) {
    return of(status, "application/json", bytes);
  }

  /** A status that says it all. */
  static WindowAnswer empty(int status) {
    return of(status, "text/plain; charset=utf-8", NOTHING);
  }

  /** It is with the browser, or cannot be. */
  void sent() {
    if (secret) {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
