package org.hikae.vault.database;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.wire.LedgerEntry;

/**
 * The rows of one transaction, in SQL that H2 and PostgreSQL both take. A row of the ledger that
 * does not say itself what its columns say is refused.
 */
final class JdbcRows implements Rows {

  /** H2 keeps at most 1 MiB in a row; smaller parts cost less memory at a time. */
  private static final int PART_BYTES = 256 << 10;

  private static final String ROW = "SELECT seq, employee, entry, mac FROM ledger WHERE ";
  private static final String SECRET = "SELECT id, epoch, sealed FROM secret WHERE ";

  private final SqlStatements sql;

  JdbcRows(SqlStatements sql) {
    this.sql = sql;
  }

  @Override
  public Optional<byte[]> account(Hash256 employee) {
    return sql.first(
        "SELECT state FROM account WHERE employee = ?",
        row -> row.getBytes(1),
        (Object) employee.toBytes());
  }

  @Override
  public void putAccount(Hash256 employee, byte[] account, long dueMillis) {
    byte[] key = employee.toBytes();
    StoreLimits.requireValue(account);
    if (sql.update(
            "UPDATE account SET state = ?, due = ? WHERE employee = ?", account, dueMillis, key)
        == 0) {
      sql.update(
          "INSERT INTO account (employee, state, due) VALUES (?, ?, ?)", key, account, dueMillis);
    }
  }

  @Override
  public List<Hash256> due(long nowMillis, int limit) {
    return sql.list(
        "SELECT employee FROM account WHERE due <= ? ORDER BY due, employee LIMIT ?",
        JdbcRows::employee,
        nowMillis,
        StoreLimits.requireLimit(limit));
  }

  @Override
  public List<Hash256> employees(Hash256 after, int limit) {
    return sql.list(
        "SELECT employee FROM account WHERE employee > ? ORDER BY employee LIMIT ?",
        JdbcRows::employee,
        after.toBytes(),
        StoreLimits.requireLimit(limit));
  }

  @Override
  public void append(LedgerRow row) {
    long highest =
        sql.first("SELECT COALESCE(MAX(seq), 0) FROM ledger", found -> found.getLong(1)).orElse(0L);
    sql.update(
        "INSERT INTO ledger (seq, employee, entry, mac) VALUES (?, ?, ?, ?)",
        StoreLimits.requireHigher(row.seq(), highest),
        row.entry().subject().employee().toBytes(),
        row.entry().encode(),
        row.mac().toBytes());
  }

  @Override
  public Optional<LedgerRow> row(long seq) {
    return sql.first(ROW + "seq = ?", JdbcRows::ledgerRow, seq);
  }

  @Override
  public List<LedgerRow> rows(long after, int limit) {
    return sql.list(
        ROW + "seq > ? ORDER BY seq LIMIT ?",
        JdbcRows::ledgerRow,
        after,
        StoreLimits.requireLimit(limit));
  }

  @Override
  public List<LedgerRow> rowsOf(Hash256 employee, long after, int limit) {
    return sql.list(
        ROW + "employee = ? AND seq > ? ORDER BY seq LIMIT ?",
        JdbcRows::ledgerRow,
        employee.toBytes(),
        after,
        StoreLimits.requireLimit(limit));
  }

  @Override
  public Optional<Secret> secret(Hash256 id) {
    return sql.first(SECRET + "id = ?", JdbcRows::secretOf, (Object) id.toBytes());
  }

  @Override
  public void putSecret(SecretKind kind, Secret secret, long atMillis) {
    byte[] id = secret.id().toBytes();
    StoreLimits.requireValue(secret.sealed());
    if (sql.update(
            "UPDATE secret SET kind = ?, epoch = ?, at = ?, sealed = ? WHERE id = ?",
            kind.number(),
            secret.epoch(),
            atMillis,
            secret.sealed(),
            id)
        == 0) {
      sql.update(
          "INSERT INTO secret (id, kind, epoch, at, sealed) VALUES (?, ?, ?, ?, ?)",
          id,
          kind.number(),
          secret.epoch(),
          atMillis,
          secret.sealed());
    }
  }

  @Override
  public void eraseSecret(Hash256 id) {
    sql.update("DELETE FROM secret WHERE id = ?", (Object) id.toBytes());
  }

  @Override
  public List<Secret> secretsBefore(int epoch, int limit) {
    return sql.list(
        SECRET + "kind = ? AND epoch < ? ORDER BY epoch, id LIMIT ?",
        JdbcRows::secretOf,
        SecretKind.RECORD.number(),
        epoch,
        StoreLimits.requireLimit(limit));
  }

  @Override
  public int eraseLogins(long beforeMillis, int limit) {
    return sql.update(
        "DELETE FROM secret WHERE id IN"
            + " (SELECT id FROM secret WHERE kind = ? AND at < ? ORDER BY at, id LIMIT ?)",
        SecretKind.LOGIN.number(),
        beforeMillis,
        StoreLimits.requireLimit(limit));
  }

  @Override
  public Optional<byte[]> note(String name) {
    List<byte[]> parts =
        sql.list(
            "SELECT content FROM note WHERE name = ? ORDER BY part",
            row -> row.getBytes(1),
            StoreLimits.requireName(name));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream content =
        new ByteArrayOutputStream(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(content::writeBytes);
    return Optional.of(content.toByteArray());
  }

  @Override
  public void putNote(String name, byte[] content) {
    StoreLimits.requireNote(content);
    removeNote(name);
    int part = 0;
    int from = 0;
    do {
      int to = Math.min(content.length, from + PART_BYTES);
      sql.update(
          "INSERT INTO note (name, part, content) VALUES (?, ?, ?)",
          name,
          part,
          Arrays.copyOfRange(content, from, to));
      part++;
      from = to;
    } while (from < content.length);
  }

  @Override
  public void removeNote(String name) {
    sql.update("DELETE FROM note WHERE name = ?", StoreLimits.requireName(name));
  }

  private static Hash256 employee(ResultSet row) throws SQLException {
    return hash(row.getBytes("employee"));
  }

  private static LedgerRow ledgerRow(ResultSet row) throws SQLException {
    LedgerEntry entry;
    try {
      entry = LedgerEntry.parse(row.getBytes("entry"));
    } catch (MalformedException e) {
      throw new TamperedException("A row of the ledger cannot be read.");
    }
    if (entry.seq() != row.getLong("seq") || !entry.subject().employee().equals(employee(row))) {
      throw new TamperedException("A row of the ledger stands where it does not belong.");
    }
    return new LedgerRow(entry, hash(row.getBytes("mac")));
  }

  private static Secret secretOf(ResultSet row) throws SQLException {
    return new Secret(hash(row.getBytes("id")), row.getInt("epoch"), row.getBytes("sealed"));
  }

  private static Hash256 hash(byte[] stored) {
    if (stored.length != Hk1Constants.HASH_BYTES) {
      throw new TamperedException("A hash in the store has not the length that this vault writes.");
    }
    return Hash256.of(stored);
  }
}
