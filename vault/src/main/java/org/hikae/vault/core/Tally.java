package org.hikae.vault.core;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.core.RecordStore.StoredCounts;

/**
 * Reads and writes counts with the root's code over them: a number edited in the database is
 * refused, and so is an employee whose row vanished while records exist. An older row put back
 * whole is not noticed here; that takes the anchored ledger.
 */
final class Tally {

  private final RecordSeal seal;

  Tally(RecordSeal seal) {
    this.seal = seal;
  }

  /** The employee's counts; nobody's are {@link Counts#NONE}. */
  Counts load(Rows rows, EmployeeId employee) {
    Optional<StoredCounts> stored = rows.counts(employee);
    if (stored.isEmpty()) {
      if (rows.registrationsAfter(employee, Instant.EPOCH) > 0) {
        throw new TamperedException("An employee has records but no counts.");
      }
      return Counts.NONE;
    }
    Counts counts = stored.get().counts();
    if (!MessageDigest.isEqual(seal.mac(employee, counts), stored.get().mac())) {
      throw new TamperedException("An employee's counts are not what this vault wrote.");
    }
    return counts;
  }

  /** The employee's counts, with a row written if there was none. */
  Counts loadOrBegin(Rows rows, EmployeeId employee) {
    Counts counts = load(rows, employee);
    if (rows.counts(employee).isEmpty()) {
      rows.insertCounts(employee, new StoredCounts(counts, seal.mac(employee, counts)));
    }
    return counts;
  }

  /** Replaces the counts. */
  Counts save(Rows rows, EmployeeId employee, Counts before, Counts after) {
    rows.updateCounts(employee, before, new StoredCounts(after, seal.mac(employee, after)));
    return after;
  }
}
