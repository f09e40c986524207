package org.hikae.vault.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.core.Attempt;
import org.hikae.vault.core.Counts;
import org.hikae.vault.core.EmployeeId;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.core.RecordStore.StoredCounts;
import org.hikae.vault.core.Stage;
import org.hikae.vault.core.TamperedException;
import org.hikae.vault.core.VaultRecord;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload.StatusEvent;
import org.jspecify.annotations.Nullable;

/** The rows of one transaction, as SQL. */
final class H2Rows implements Rows {

  private static final String RECORD = "SELECT * FROM vault_record WHERE ";
  private static final String ATTEMPT = "SELECT * FROM attempt WHERE ";

  private final Sql sql;

  H2Rows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<StoredCounts> counts(EmployeeId employee) {
    return sql.first(
        "SELECT consecutive, lifetime, run, mac FROM employee_counts WHERE employee = ? FOR UPDATE",
        row ->
            new StoredCounts(
                new Counts(row.getInt("consecutive"), row.getInt("lifetime"), row.getLong("run")),
                row.getBytes("mac")),
        employee.toBytes());
  }

  @Override
  public void insertCounts(EmployeeId employee, StoredCounts stored) {
    Counts counts = stored.counts();
    sql.update(
        "INSERT INTO employee_counts (employee, consecutive, lifetime, run, mac)"
            + " VALUES (?, ?, ?, ?, ?)",
        employee.toBytes(),
        counts.consecutive(),
        counts.lifetime(),
        counts.run(),
        stored.mac());
  }

  @Override
  public void updateCounts(EmployeeId employee, Counts before, StoredCounts after) {
    Counts counts = after.counts();
    requireOne(
        sql.update(
            "UPDATE employee_counts SET consecutive = ?, lifetime = ?, run = ?, mac = ?"
                + " WHERE employee = ? AND consecutive = ? AND lifetime = ? AND run = ?",
            counts.consecutive(),
            counts.lifetime(),
            counts.run(),
            after.mac(),
            employee.toBytes(),
            before.consecutive(),
            before.lifetime(),
            before.run()));
  }

  @Override
  public Optional<VaultRecord> record(Hash256 credId) {
    return sql.first(RECORD + "cred_id = ?", H2Rows::readRecord, (Object) credId.toBytes());
  }

  @Override
  public Optional<VaultRecord> registration(EmployeeId employee, byte[] idempotencyKey) {
    return sql.first(
        RECORD + "employee = ? AND idempotency_key = ?",
        H2Rows::readRecord,
        employee.toBytes(),
        idempotencyKey);
  }

  @Override
  public Optional<VaultRecord> newest(EmployeeId employee, Stage stage) {
    return sql.first(
        RECORD + "employee = ? AND stage = ? ORDER BY begun_at DESC FETCH FIRST ROW ONLY",
        H2Rows::readRecord,
        employee.toBytes(),
        stage.number());
  }

  @Override
  public Optional<VaultRecord> lastEnded(EmployeeId employee) {
    return sql.first(
        RECORD
            + "employee = ? AND stage IN (?, ?) AND pending_at IS NOT NULL"
            + " ORDER BY pending_at DESC FETCH FIRST ROW ONLY",
        H2Rows::readRecord,
        employee.toBytes(),
        Stage.LOCKED.number(),
        Stage.RETIRED.number());
  }

  @Override
  public Optional<VaultRecord> lastExposed(EmployeeId employee, byte[] setId) {
    return sql.first(
        RECORD
            + "employee = ? AND set_id = ? AND active_at IS NOT NULL"
            + " ORDER BY active_at DESC FETCH FIRST ROW ONLY",
        H2Rows::readRecord,
        employee.toBytes(),
        setId);
  }

  @Override
  public int registrationsAfter(EmployeeId employee, Instant since) {
    return sql.first(
            "SELECT COUNT(*) FROM vault_record WHERE employee = ? AND begun_at > ?",
            row -> row.getInt(1),
            employee.toBytes(),
            since)
        .orElse(0);
  }

  @Override
  public void insert(VaultRecord record) {
    sql.update(
        "INSERT INTO vault_record (cred_id, employee, set_id, owner_key, stage, idempotency_key,"
            + " request_hash, begun_at, pending_at, active_at, sealed)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.id().credId().toBytes(),
        record.id().employee().toBytes(),
        record.id().setId(),
        record.id().ownerKey(),
        record.stage().number(),
        record.origin().idempotencyKey(),
        record.origin().requestHash().toBytes(),
        record.origin().at(),
        record.pendingAt(),
        record.activeAt(),
        record.sealed());
  }

  @Override
  public void update(Stage before, VaultRecord record) {
    requireOne(
        sql.update(
            "UPDATE vault_record SET stage = ?, pending_at = ?, active_at = ?, sealed = ?"
                + " WHERE cred_id = ? AND stage = ?",
            record.stage().number(),
            record.pendingAt(),
            record.activeAt(),
            record.sealed(),
            record.id().credId().toBytes(),
            before.number()));
  }

  @Override
  public Optional<Attempt> attempt(EmployeeId employee, byte[] loginId) {
    return sql.first(
        ATTEMPT + "employee = ? AND login_id = ?",
        H2Rows::readAttempt,
        employee.toBytes(),
        loginId);
  }

  @Override
  public void insert(Attempt attempt) {
    sql.update(
        "INSERT INTO attempt (employee, login_id, cred_id, request_hash, device_id, charged_at,"
            + " run, state, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        attempt.id().employee().toBytes(),
        attempt.id().loginId(),
        attempt.id().credId().toBytes(),
        attempt.requestHash().toBytes(),
        attempt.deviceId(),
        attempt.chargedAt(),
        attempt.run(),
        attempt.state().number(),
        attempt.sealed());
  }

  @Override
  public void update(Attempt attempt) {
    requireOne(
        sql.update(
            "UPDATE attempt SET state = ?, sealed = ? WHERE employee = ? AND login_id = ?",
            attempt.state().number(),
            attempt.sealed(),
            attempt.id().employee().toBytes(),
            attempt.id().loginId()));
  }

  @Override
  public void delete(Attempt attempt) {
    requireOne(
        sql.update(
            "DELETE FROM attempt WHERE employee = ? AND login_id = ?",
            attempt.id().employee().toBytes(),
            attempt.id().loginId()));
  }

  @Override
  public Optional<Attempt> newestOpenAttempt(Hash256 credId) {
    return sql.first(
        ATTEMPT + "cred_id = ? AND state = ? ORDER BY charged_at DESC FETCH FIRST ROW ONLY",
        H2Rows::readAttempt,
        credId.toBytes(),
        Attempt.State.OPEN.number());
  }

  @Override
  public void append(EmployeeId employee, StatusEvent event) {
    sql.update(
        "INSERT INTO vault_event (employee, event, at, device_id) VALUES (?, ?, ?, ?)",
        employee.toBytes(),
        event.event().number(),
        event.atSeconds(),
        event.deviceId());
  }

  @Override
  public List<StatusEvent> events(EmployeeId employee, int limit) {
    return sql.list(
        "SELECT event, at, device_id FROM vault_event WHERE employee = ?"
            + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY",
        H2Rows::readEvent,
        employee.toBytes(),
        limit);
  }

  @Override
  public List<EmployeeId> exhausted(int limit) {
    return sql.list(
        "SELECT c.employee FROM employee_counts c JOIN vault_record r"
            + " ON r.active_employee = c.employee WHERE c.consecutive >= 10 OR c.lifetime >= 50"
            + " FETCH FIRST ? ROWS ONLY",
        row -> new EmployeeId(Hash256.of(row.getBytes(1))),
        limit);
  }

  @Override
  public int expire(Instant before) {
    return sql.update(
        "UPDATE attempt SET state = ?, sealed = NULL WHERE state = ? AND charged_at < ?",
        Attempt.State.FAILED.number(),
        Attempt.State.OPEN.number(),
        before);
  }

  @Override
  public int forget(Instant before) {
    return sql.update("DELETE FROM attempt WHERE charged_at < ?", before)
        + sql.update(
            "DELETE FROM vault_record WHERE stage = ? AND pending_at IS NULL AND begun_at < ?",
            Stage.RETIRED.number(),
            before);
  }

  private static VaultRecord readRecord(ResultSet row) throws SQLException {
    return new VaultRecord(
        new VaultRecord.Id(
            Hash256.of(row.getBytes("cred_id")),
            new EmployeeId(Hash256.of(row.getBytes("employee"))),
            row.getBytes("set_id"),
            row.getBytes("owner_key")),
        Stage.of(row.getInt("stage")),
        new VaultRecord.Origin(
            row.getBytes("idempotency_key"),
            Hash256.of(row.getBytes("request_hash")),
            Instant.ofEpochMilli(row.getLong("begun_at"))),
        Sql.instant(row, "pending_at"),
        Sql.instant(row, "active_at"),
        sealed(row));
  }

  private static Attempt readAttempt(ResultSet row) throws SQLException {
    return new Attempt(
        new Attempt.Id(
            new EmployeeId(Hash256.of(row.getBytes("employee"))),
            row.getBytes("login_id"),
            Hash256.of(row.getBytes("cred_id"))),
        Hash256.of(row.getBytes("request_hash")),
        row.getBytes("device_id"),
        Instant.ofEpochMilli(row.getLong("charged_at")),
        row.getLong("run"),
        Attempt.State.of(row.getInt("state")),
        sealed(row));
  }

  private static StatusEvent readEvent(ResultSet row) throws SQLException {
    try {
      return new StatusEvent(
          VaultEvent.of(row.getInt("event")), row.getLong("at"), row.getBytes("device_id"));
    } catch (MalformedException e) {
      throw new TamperedException("An event's number is none this vault writes.");
    }
  }

  private static byte @Nullable [] sealed(ResultSet row) throws SQLException {
    return row.getBytes("sealed");
  }

  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new TamperedException("A row is no longer what this transaction read.");
    }
  }
}
