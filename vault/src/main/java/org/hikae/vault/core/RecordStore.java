package org.hikae.vault.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.VaultPayload.StatusEvent;

/**
 * Keeps records, attempts, counts and events.
 *
 * <p>Contract: transactions run one after the other; when {@link #transact} returns, everything the
 * work wrote survives a kill of the process and a loss of power; when the work throws, nothing of
 * it is kept. It waits a bounded time and then throws {@link UnavailableException}. It decides
 * nothing and understands no sealed byte.
 */
public interface RecordStore extends AutoCloseable {

  /** What one transaction does. Runs on the caller's thread and must not wait for anything. */
  @FunctionalInterface
  interface Work<T> {
    /** Reads and writes; the result is returned after the commit. */
    T in(Rows rows);
  }

  /** Runs {@code work} in one transaction. */
  <T> T transact(Work<T> work);

  /** Whether the store answers. */
  boolean ready();

  @Override
  void close();

  /**
   * Counts as they lie in the store.
   *
   * @param counts the numbers
   * @param mac the root's code over employee and numbers
   */
  record StoredCounts(Counts counts, byte[] mac) {}

  /** The rows, inside a transaction. */
  interface Rows {

    /** The employee's counts, if there is a row. */
    Optional<StoredCounts> counts(EmployeeId employee);

    /** Writes the first row of an employee. */
    void insertCounts(EmployeeId employee, StoredCounts counts);

    /**
     * Replaces {@code before} by {@code after} in one conditional update.
     *
     * @throws TamperedException when the row is no longer {@code before}
     */
    void updateCounts(EmployeeId employee, Counts before, StoredCounts after);

    /** The record with this credId, whoever's it is. */
    Optional<VaultRecord> record(Hash256 credId);

    /** The employee's record begun with this idempotency key. */
    Optional<VaultRecord> registration(EmployeeId employee, byte[] idempotencyKey);

    /** The employee's newest record in this stage. */
    Optional<VaultRecord> newest(EmployeeId employee, Stage stage);

    /** The employee's LOCKED or RETIRED record that became PENDING last. */
    Optional<VaultRecord> lastEnded(EmployeeId employee);

    /** The employee's newest record of this set that has ever been ACTIVE. */
    Optional<VaultRecord> lastExposed(EmployeeId employee, byte[] setId);

    /** How many records the employee began after {@code since}. */
    int registrationsAfter(EmployeeId employee, Instant since);

    /** Writes a new record. */
    void insert(VaultRecord record);

    /** Writes a new stage of a record that was in stage {@code before}. */
    void update(Stage before, VaultRecord record);

    /** The employee's attempt with this loginId. */
    Optional<Attempt> attempt(EmployeeId employee, byte[] loginId);

    /** Writes a new attempt. */
    void insert(Attempt attempt);

    /** Writes a new state of an attempt. */
    void update(Attempt attempt);

    /** Removes an attempt that was never answered. */
    void delete(Attempt attempt);

    /** The newest attempt on this record that is still marked OPEN, however old. */
    Optional<Attempt> newestOpenAttempt(Hash256 credId);

    /** Adds an event to the employee's list. */
    void append(EmployeeId employee, StatusEvent event);

    /** The employee's newest events, newest first. */
    List<StatusEvent> events(EmployeeId employee, int limit);

    /** Employees with an ACTIVE record and no attempt left. */
    List<EmployeeId> exhausted(int limit);

    /**
     * Closes attempts charged before {@code before} that are still OPEN, and erases their login.
     */
    int expire(Instant before);

    /** Removes attempts and unfinished, erased records older than {@code before}. */
    int forget(Instant before);
  }
}
