package org.hikae.device.http;

/**
 * How fast bodies may go, each way; shared by all connections of a wire.
 *
 * @param upload of what is sent
 * @param download of what is received
 */
public record Bandwidth(RateLimit upload, RateLimit download) {

  /** As fast as the line. */
  public static final Bandwidth UNLIMITED = new Bandwidth(RateLimit.NONE, RateLimit.NONE);
}
