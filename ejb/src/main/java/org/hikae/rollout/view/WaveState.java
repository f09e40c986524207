package org.hikae.rollout.view;

/** How far a wave has come. */
public enum WaveState {
  /** It has not begun. */
  WAITING,
  /** It has begun, and not everybody in it is invited. */
  INVITING,
  /** Everybody in it is invited. */
  INVITED
}
