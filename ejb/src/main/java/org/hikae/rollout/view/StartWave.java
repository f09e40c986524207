package org.hikae.rollout.view;

/**
 * Why a wave begins before its time, or before the one ahead of it has soaked.
 *
 * @param reason 1 to 500 characters on one line, for the audit trail
 */
public record StartWave(String reason) {

  /** Longest reason, in characters. */
  public static final int MAX_REASON_CHARS = 500;
}
