package org.hikae.device.http;

/**
 * How fast bodies may go, each way; shared by all connections of a wire.
 *
 * @param upload of what is sent
 * @param download of what is received
 */
public record BandwidthLimits(RateLimiter upload, RateLimiter download) {

  /** As fast as the line. */
  public static final BandwidthLimits UNLIMITED =
      new BandwidthLimits(RateLimiter.NONE, RateLimiter.NONE);
}
