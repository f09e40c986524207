package org.hikae.notice.value;

/** Whom a recipient stands for. */
public enum RecipientAudience {
  /** Those with a role: what concerns it. */
  ROLE,
  /** A department: what concerns an employee of it and the company's staff. */
  GROUP,
  /** The employee concerned, whoever that is. */
  EMPLOYEE
}
