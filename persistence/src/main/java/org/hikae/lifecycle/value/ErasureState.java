package org.hikae.lifecycle.value;

/** Where an erasure stands. */
public enum ErasureState {
  /** The grace runs; it can be taken back. */
  WAITING,
  /** The employee takes part again. */
  TAKEN_BACK,
  /** The wraps are gone, the rest is going. */
  ERASING,
  /** Everything is gone, and there is a receipt. */
  ERASED
}
