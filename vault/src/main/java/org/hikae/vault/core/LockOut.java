package org.hikae.vault.core;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hk1;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload.StatusEvent;

/**
 * Destroys a record whose attempts are used up (spec HK1-V-08). As long as one of the answered
 * logins can still be proven right it waits, a minute at most; meanwhile no further attempt is
 * answered.
 */
final class LockOut {

  /** Named in the event when the attempts themselves are no longer known. */
  private static final byte[] NO_DEVICE = new byte[Hk1.ID_BYTES];

  private final RecordStore store;
  private final Tally tally;
  private final Clock clock;

  LockOut(RecordStore store, Tally tally, Clock clock) {
    this.store = store;
    this.tally = tally;
    this.clock = clock;
  }

  /**
   * Locks the employee's ACTIVE record if no attempt is left and no login is open any more.
   *
   * @param deviceId the device to name in the event if no attempt names one
   * @return whether it was locked just now
   */
  boolean settle(Rows rows, EmployeeId employee, byte[] deviceId) {
    Counts counts = tally.load(rows, employee);
    Optional<VaultRecord> active = rows.newest(employee, Stage.ACTIVE);
    if (!counts.exhausted() || active.isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    Optional<Attempt> last = rows.newestOpenAttempt(active.get().id().credId());
    if (last.isPresent() && last.get().isOpenAt(now)) {
      return false;
    }
    lock(rows, counts, active.get(), last.map(Attempt::deviceId).orElse(deviceId));
    return true;
  }

  /** Locks at once, open logins or not. */
  void lock(Rows rows, Counts counts, VaultRecord active, byte[] deviceId) {
    EmployeeId employee = active.id().employee();
    rows.update(Stage.ACTIVE, active.locked());
    tally.save(rows, employee, counts, counts.lockedOut());
    rows.append(
        employee, new StatusEvent(VaultEvent.LOCKED, clock.instant().getEpochSecond(), deviceId));
  }

  /** Locks what no message has touched since, ends old logins, forgets rows that no rule needs. */
  void sweep() {
    List<EmployeeId> exhausted =
        store.transact(rows -> rows.exhausted(VaultLimits.SWEEP_EMPLOYEES));
    for (EmployeeId employee : exhausted) {
      store.transact(rows -> settle(rows, employee, NO_DEVICE));
    }
    Instant now = clock.instant();
    store.transact(
        rows ->
            rows.expire(now.minus(VaultLimits.LOGIN_WINDOW))
                + rows.forget(now.minus(VaultLimits.FORGET_AFTER)));
  }
}
