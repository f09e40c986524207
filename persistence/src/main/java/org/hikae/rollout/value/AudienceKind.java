package org.hikae.rollout.value;

/** How a wave says whom it is for. */
public enum AudienceKind {
  /** Members of groups and of those below them. */
  GROUPS,
  /** Employees on a list. */
  LIST,
  /** A share of everybody. */
  PERCENT
}
