package org.hikae.enrollment.entity;

/** Where a backup set stands. */
public enum SetState {
  /** Consent is given, the protections are not complete. */
  PENDING,
  /** In use. */
  ACTIVE,
  /** Given up, by opting out or by starting another while still PENDING. */
  WITHDRAWN
}
