package org.hikae.device.window;

/**
 * What the page gets.
 *
 * @param status of HTTP
 * @param type of the bytes
 * @param bytes the body
 */
public record WindowAnswer(int status, String type, byte[] bytes) {

  private static final byte[] NOTHING = {};

  /** JSON. */
  public static WindowAnswer json(int status, byte[] bytes) {
    return new WindowAnswer(status, "application/json", bytes);
  }

  /** A status that says it all. */
  static WindowAnswer empty(int status) {
    return new WindowAnswer(status, "text/plain; charset=utf-8", NOTHING);
  }
}
