package org.hikae.policy.view;

/** Form of a value that policies can set. */
public enum PolicyValueType {
  /** A whole number. */
  NUMBER,
  /** Yes or no. */
  FLAG,
  /** Texts. */
  LIST,
  /** One of some words. */
  CHOICE,
  /** Version of a program. */
  VERSION
}
