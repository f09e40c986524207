package org.hikae.admin.transparency;

/** What is wrong with a log. */
public enum TransparencyLogFault {
  /** Its end cannot be read, or is not signed by its key. */
  BAD_CHECKPOINT,
  /** It has fewer entries than it had signed. */
  SHRUNK,
  /** It begins with other entries than those that it had signed. */
  FORKED,
  /** Its entries are not those that its end is about. */
  OTHER_ENTRIES,
  /** It has more entries than are read. */
  TOO_LARGE
}
