package org.hikae.backup.ciphertext.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.hikae.hk1.Hash256;

/**
 * The rows that make bytes beside the database stored objects. The unique key of a row is the lock
 * on its bytes: who has inserted, locked or deleted it keeps all others from them until the
 * transaction ends.
 */
public final class CiphertextIndex {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String KEY = " where repository_id = ? and name = ?";

  private final DatabaseKind kind;
  private final String table;

  /**
   * The rows of a table.
   *
   * @param table a constant name, not one that came from elsewhere
   */
  CiphertextIndex(DatabaseKind kind, String table) {
    this.kind = kind;
    this.table = table;
  }

  /** Adds an object in slot 0; waits for others, and answers false when its key is there. */
  public boolean insert(Connection connection, ObjectKey key, long sizeBytes) throws SQLException {
    String sql =
        "insert into " + table + " (repository_id, name, size_bytes, slot) values (?, ?, ?, 0)";
    if (kind == DatabaseKind.POSTGRESQL) {
      // A second insert must not fail, because that would end the transaction.
      sql += " on conflict (repository_id, name) do nothing";
    }
    try (PreparedStatement insert = keyed(connection, sql, key)) {
      insert.setInt(3, Math.toIntExact(sizeBytes));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      // In H2 a failed statement leaves the transaction usable.
      if (kind == DatabaseKind.H2 && UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** The slot that counts; empty when the object is not stored. */
  public OptionalInt slot(Connection connection, ObjectKey key) throws SQLException {
    return slot(connection, "select slot from " + table + KEY, key);
  }

  /** The same, and nobody else changes it until the transaction ends. */
  public OptionalInt lock(Connection connection, ObjectKey key) throws SQLException {
    return slot(connection, "select slot from " + table + KEY + " for update", key);
  }

  private static OptionalInt slot(Connection connection, String sql, ObjectKey key)
      throws SQLException {
    try (PreparedStatement select = keyed(connection, sql, key);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /** Says that another slot counts from now on. */
  public void change(Connection connection, ObjectKey key, int slot, long sizeBytes)
      throws SQLException {
    String sql = "update " + table + " set slot = ?, size_bytes = ?" + KEY;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, slot);
      update.setInt(2, Math.toIntExact(sizeBytes));
      update.setLong(3, key.repositoryId());
      update.setBytes(4, key.name().toBytes());
      update.executeUpdate();
    }
  }

  /** Removes an object; false when it is not there. */
  public boolean delete(Connection connection, ObjectKey key) throws SQLException {
    try (PreparedStatement delete = keyed(connection, "delete from " + table + KEY, key)) {
      return delete.executeUpdate() == 1;
    }
  }

  /** Whether no object has a row. */
  public boolean isEmpty(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 1 from " + table + " limit 1");
        ResultSet row = select.executeQuery()) {
      return !row.next();
    }
  }

  /** Objects of a repository with names from the first to the last, with their slots. */
  public Map<Hash256, Integer> between(
      Connection connection, long repositoryId, Hash256 first, Hash256 last) throws SQLException {
    String sql =
        "select name, slot from " + table + " where repository_id = ? and name between ? and ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, repositoryId);
      select.setBytes(2, first.toBytes());
      select.setBytes(3, last.toBytes());
      Map<Hash256, Integer> slots = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          slots.put(Hash256.of(rows.getBytes(1)), rows.getInt(2));
        }
      }
      return slots;
    }
  }

  private static PreparedStatement keyed(Connection connection, String sql, ObjectKey key)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setLong(1, key.repositoryId());
    statement.setBytes(2, key.name().toBytes());
    return statement;
  }
}
