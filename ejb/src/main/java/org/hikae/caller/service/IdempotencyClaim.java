package org.hikae.caller.service;

/** What became of a claim to do what was asked with an {@code Idempotency-Key}. */
public sealed interface IdempotencyClaim {

  /**
   * Nobody has done it: the caller is to.
   *
   * @param requestId which request
   * @param token proof that it is the caller who is at it
   */
  record Acquired(String requestId, String token) implements IdempotencyClaim {}

  /**
   * It was done.
   *
   * @param first the answer to who did it
   */
  record Done(RecordedAnswer first) implements IdempotencyClaim {}
}
