package org.hikae.insight.view;

/** Why somebody is not reminded. */
public enum SkippedNudgeReason {
  /** Their backup is well, or nothing is to be done about it by them. */
  NOT_NEEDED,
  /** The backup is not offered to them. */
  NOT_OFFERED,
  /** They opted out, which is theirs to decide. */
  OPTED_OUT,
  /** Their account is disabled or gone. */
  NO_ACCOUNT,
  /** They were reminded today already. */
  TODAY,
  /** The directory has no mail address of theirs. */
  NO_ADDRESS,
  /** No mail goes to employees. */
  NO_MAIL
}
