package org.hikae.enrollment.value;

/** What happened to an employee's consent. */
public enum ConsentAction {
  /** Agreed to the text and took part. */
  OPTED_IN,
  /** Agreed to a later text. */
  RECONSENTED,
  /** Did not agree to a later text in time: the portal takes no backups. */
  PAUSED,
  /** Agreed after a pause: the portal takes backups again. */
  RESUMED,
  /** Took the consent back. */
  WITHDRAWN
}
