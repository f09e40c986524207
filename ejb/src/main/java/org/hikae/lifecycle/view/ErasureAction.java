package org.hikae.lifecycle.view;

/** What an employee may do with an opt-out. */
public enum ErasureAction {
  /** Take part again, with everything that is there. */
  TAKE_BACK,
  /** Get the receipt that everything is gone. */
  GET_RECEIPT
}
