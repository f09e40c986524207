package org.hikae.enrollment.entity;

/** What an employee decided. */
public enum ConsentAction {
  /** Agreed to the text and took part. */
  OPTED_IN,
  /** Took the consent back. */
  WITHDRAWN
}
