package org.hikae.lifecycle.view;

/** What comes next for what a leaver left. */
public enum LeaverStage {
  /** They are dealt with within minutes. */
  SOON,
  /** It is frozen and kept until it is erased. */
  KEPT,
  /** A legal hold puts off that it is erased. */
  HELD,
  /** It is about to be erased. */
  DELETING,
  /** It is erased, or there was none. */
  DELETED
}
