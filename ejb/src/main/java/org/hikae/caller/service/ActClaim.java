package org.hikae.caller.service;

/** What became of a claim to do what was asked with an {@code Idempotency-Key}. */
public sealed interface ActClaim {

  /**
   * Nobody has done it: the caller is to.
   *
   * @param requestId which request
   * @param token proof that it is the caller who is at it
   */
  record Mine(String requestId, String token) implements ActClaim {}

  /**
   * It was done.
   *
   * @param first the answer to who did it
   */
  record Done(ActAnswer first) implements ActClaim {}
}
