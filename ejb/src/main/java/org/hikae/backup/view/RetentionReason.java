package org.hikae.backup.view;

/** Why a snapshot stays. */
public enum RetentionReason {
  /** It is the newest of its series. */
  NEWEST,
  /** One of the last ones. */
  LAST,
  /** The newest of its hour. */
  HOURLY,
  /** The newest of its day. */
  DAILY,
  /** The newest of its week. */
  WEEKLY,
  /** The newest of its month. */
  MONTHLY,
  /** The newest of its year. */
  YEARLY,
  /** Not old enough. */
  WITHIN,
  /** It is dated later than one that came after it: the clock was wrong when one was made. */
  CLOCK,
  /** Somebody took it back. */
  PERSON
}
