package org.hikae.enrollment.wire;

import java.time.Instant;

/**
 * What a restic client signs in with. Shown once: the portal keeps a hash of the password only.
 *
 * @param repository 16 bytes, hexadecimal: the repository lies at {@code /api/restic/} and this
 * @param username 16 bytes, hexadecimal
 * @param password 32 random bytes, base64url
 * @param expiresAt ISO-8601 instant until which it can be used
 */
public record NewResticCredential(
    String repository, String username, String password, Instant expiresAt) {

  @Override
  public String toString() {
    return "NewResticCredential(" + repository + ", " + username + ", REDACTED)";
  }
}
