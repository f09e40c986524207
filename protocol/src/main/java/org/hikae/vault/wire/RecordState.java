package org.hikae.vault.wire;

import org.hikae.hk1.MalformedException;

/**
 * Life of a vault record: NONE → PENDING (RegFinish) → ACTIVE (Expose) → LOCKED (ten wrong
 * passwords) or RETIRED (replaced or given up). LOCKED and RETIRED records have no sealed bytes any
 * more.
 */
public enum RecordState {
  /** There is no record. */
  NONE(0),
  /** Registered, not yet exposed: answers no login. */
  PENDING(1),
  /** May be tried. */
  ACTIVE(2),
  /** Destroyed by wrong passwords. */
  LOCKED(3),
  /** Erased by its owner or replaced. */
  RETIRED(4);

  private final int number;

  RecordState(int number) {
    this.number = number;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The state with this number. */
  public static RecordState of(int number) throws MalformedException {
    for (RecordState state : values()) {
      if (state.number == number) {
        return state;
      }
    }
    throw new MalformedException("Record state " + number + " is unknown.");
  }
}
