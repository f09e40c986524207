package org.hikae.vault.account;

import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.RecordState;

/**
 * Life of a record inside the vault: BEGUN (RegInit) → PENDING (RegFinish) → ACTIVE (Expose) →
 * LOCKED or RETIRED. Sealed bytes exist in the first three only.
 */
public enum RecordStage {
  /** One evaluation was given out; there is no upload yet, and to the outside no record. */
  BEGUN(1, RecordState.NONE),
  /** Complete, answers no login. */
  PENDING(2, RecordState.PENDING),
  /** May be tried. */
  ACTIVE(3, RecordState.ACTIVE),
  /** Destroyed by wrong passwords. */
  LOCKED(4, RecordState.LOCKED),
  /** Erased by its owner, replaced, or abandoned. */
  RETIRED(5, RecordState.RETIRED);

  private final int number;
  private final RecordState state;

  RecordStage(int number, RecordState state) {
    this.number = number;
    this.state = state;
  }

  /** The number in the account and in what is sealed. */
  public int number() {
    return number;
  }

  /** What the outside is told. */
  public RecordState state() {
    return state;
  }

  /** Whether sealed bytes exist. */
  public boolean isAlive() {
    return number <= ACTIVE.number;
  }

  static RecordStage of(int number) throws MalformedException {
    for (RecordStage stage : values()) {
      if (stage.number == number) {
        return stage;
      }
    }
    throw new MalformedException("Stage " + number + " is unknown.");
  }
}
