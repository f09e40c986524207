package org.hikae.vault.core;

import java.util.List;
import java.util.Optional;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.StatusDone;

/**
 * What the vault knows about an employee, signed over the device's nonce (spec HK1-V-10). Costs
 * nothing and tells every device of the employee what happened, so that notice does not depend on
 * the portal.
 */
final class StatusReport {

  private static final byte[] NONE = new byte[0];

  private final RecordStore store;
  private final Tally tally;
  private final LockOut lockOut;
  private final RootKey root;

  StatusReport(RecordStore store, Tally tally, LockOut lockOut, RootKey root) {
    this.store = store;
    this.tally = tally;
    this.lockOut = lockOut;
    this.root = root;
  }

  StatusDone report(Caller caller, VaultPayload.Status message) {
    StatusDone unsigned = store.transact(rows -> read(rows, caller, message.nonce()));
    return with(unsigned, root.identity().sign(unsigned.transcript()));
  }

  private StatusDone read(Rows rows, Caller caller, byte[] nonce) {
    lockOut.settle(rows, caller.employee(), caller.deviceId());
    Counts counts = tally.load(rows, caller.employee());
    Optional<VaultRecord> shown = shown(rows, caller.employee());
    RecordState state = shown.map(row -> row.stage().state()).orElse(RecordState.NONE);
    return new StatusDone(
        nonce,
        state,
        shown.map(row -> row.id().credId().toBytes()).orElse(NONE),
        shown.map(row -> row.id().setId()).orElse(NONE),
        state == RecordState.LOCKED ? 0 : counts.attemptsLeft(),
        List.copyOf(rows.events(caller.employee(), VaultPayload.MAX_STATUS_EVENTS)),
        NONE);
  }

  /** The ACTIVE record, else the PENDING one, else the one that ended last. */
  private static Optional<VaultRecord> shown(Rows rows, EmployeeId employee) {
    return rows.newest(employee, Stage.ACTIVE)
        .or(() -> rows.newest(employee, Stage.PENDING))
        .or(() -> rows.lastEnded(employee));
  }

  private static StatusDone with(StatusDone unsigned, byte[] signature) {
    return new StatusDone(
        unsigned.nonce(),
        unsigned.state(),
        unsigned.credId(),
        unsigned.setId(),
        unsigned.attemptsLeft(),
        unsigned.events(),
        signature);
  }
}
