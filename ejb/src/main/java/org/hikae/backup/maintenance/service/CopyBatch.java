package org.hikae.backup.maintenance.service;

import java.util.Arrays;
import java.util.List;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.second.store.DueCopy;

/**
 * Copies what a portal has claimed, one object after the other, and decides what a failure says:
 * something of the object, which is tried again later, or of the store, which ends the work.
 * Whatever happens, what was not begun goes back to all portals.
 */
public final class CopyBatch {

  /** After so many failures in a row the others are not tried. */
  static final int MOST_FAILURES = 3;

  private final CopySteps steps;

  /** Takes these steps. */
  public CopyBatch(CopySteps steps) {
    this.steps = steps;
  }

  /** What is done with objects. */
  public interface CopySteps {

    /** Brings an object to its end. */
    void settle(DueCopy due) throws StoreMoveException, InterruptedException;

    /** An object could not be brought to its end. */
    void failed(DueCopy due, String fault);

    /** These were claimed, and nobody has begun them. */
    void giveBack(List<DueCopy> rest);
  }

  /**
   * Does it.
   *
   * @throws StoreMoveException when a store cannot be used now
   */
  public void work(List<DueCopy> claimed) throws StoreMoveException, InterruptedException {
    int done = 0;
    int failures = 0;
    try {
      for (DueCopy due : claimed) {
        try {
          steps.settle(due);
          failures = 0;
        } catch (StoreMoveException e) {
          if (isOfTheStore(e)) {
            throw e;
          }
          steps.failed(due, e.fault());
          failures++;
          if (failures == MOST_FAILURES) {
            done++;
            throw e;
          }
        }
        done++;
      }
    } finally {
      if (done < claimed.size()) {
        steps.giveBack(claimed.subList(done, claimed.size()));
      }
    }
  }

  private static boolean isOfTheStore(StoreMoveException failure) {
    return Arrays.stream(VolumeFault.values())
        .filter(fault -> fault.name().equals(failure.fault()))
        .anyMatch(
            fault ->
                fault.isOfThePlace()
                    || fault == VolumeFault.FULL
                    || fault == VolumeFault.READ_ONLY);
  }
}
