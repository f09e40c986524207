package org.hikae.enrollment.update.wire;

/** Why an update is refused, by what somebody would gain otherwise (HK1-U-06). */
public enum UpdateFault {
  /** A file is not there. */
  MISSING,
  /** A file has another form, or is longer than any. */
  UNREADABLE,
  /** Too few of the keys have signed, or a signature of one of them is wrong. */
  UNSIGNED,
  /** It is older than what was seen already, or another one of the same version. */
  ROLLBACK,
  /** It has expired: something newer is withheld, or nobody has signed in time. */
  EXPIRED,
  /** The list is not the one that the timestamp names. */
  MIXED,
  /** The roots do not end. */
  ENDLESS
}
