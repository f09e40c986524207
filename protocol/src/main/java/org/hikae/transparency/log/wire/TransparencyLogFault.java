package org.hikae.transparency.log.wire;

/** What is wrong with a log, or with what is said of it. */
public enum TransparencyLogFault {
  /** Its end or entries cannot be had. */
  NO_ANSWER,
  /** Its end cannot be read, or is not signed by its key. */
  BAD_CHECKPOINT,
  /** It has more entries than are read. */
  TOO_LARGE,
  /** It has fewer entries than it had signed: an alarm, and no evidence, since a proof may join. */
  SHRUNK,
  /** It begins with other entries than those that it had signed. */
  FORKED,
  /** Its entries are not those that its end is about. */
  OTHER_ENTRIES;

  /** Whether what was seen does not go with what the log has signed. */
  public boolean isContradiction() {
    return this == SHRUNK || this == FORKED || this == OTHER_ENTRIES;
  }
}
