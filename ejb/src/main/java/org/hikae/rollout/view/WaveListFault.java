package org.hikae.rollout.view;

/** What can be wrong with a row of a wave's list. */
public enum WaveListFault {
  /** Nobody is called so. */
  UNKNOWN,
  /** A row before it names the same employee. */
  DUPLICATE,
  /** The account is disabled or gone. */
  DISABLED,
  /** Several enabled accounts are called so. */
  AMBIGUOUS,
  /** The name is longer than any. */
  TOO_LONG,
  /** There is no name. */
  EMPTY,
  /** The row has more or fewer columns than the header. */
  COLUMNS
}
