package org.hikae.vault.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Vouches for the bearer of an access token. Contract: safe for several threads; answers within a
 * few seconds or throws {@link UnavailableException}; remembers nothing about tokens.
 */
public interface TokenVerifier {

  /**
   * What a good token says.
   *
   * @param issuer the realm
   * @param subject {@code sub}, the employee within the realm
   * @param authenticatedAt when the employee last typed credentials, or null when the token does
   *     not say
   */
  record TokenBearer(String issuer, String subject, @Nullable Instant authenticatedAt) {}

  /**
   * Checks issuer, signature, algorithm, time, audience and client, and that a token that is bound
   * to a key is bound to this one.
   *
   * @param deviceKey SubjectPublicKeyInfo of the P-256 key that signed the request with the token
   *     in it; the caller has checked both
   * @throws TokenRefusedException when any of them is wrong
   * @throws UnavailableException when the realm's keys cannot be had now
   */
  TokenBearer verify(String token, byte[] deviceKey) throws TokenRefusedException;
}
