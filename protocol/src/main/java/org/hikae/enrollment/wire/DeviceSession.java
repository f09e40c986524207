package org.hikae.enrollment.wire;

import java.time.Instant;

/**
 * A device session: sent with every call under {@code /api/v1/device} in the header {@link
 * #HEADER}, beside the bearer token.
 *
 * @param session 32 random bytes in base64url; a secret
 * @param expiresAt ISO-8601 instant, 15 minutes from now
 */
public record DeviceSession(String session, Instant expiresAt) {

  /** The header that carries it. */
  public static final String HEADER = "Hikae-Device-Session";

  @Override
  public String toString() {
    return "DeviceSession(REDACTED)";
  }
}
