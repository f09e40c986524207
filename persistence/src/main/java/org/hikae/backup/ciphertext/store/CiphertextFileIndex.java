package org.hikae.backup.ciphertext.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hikae.hk1.Hash256;

/**
 * The rows that make files stored objects. The unique key of a row is the lock on its files: who
 * has inserted, locked or deleted it keeps all others from them until the transaction ends.
 */
final class CiphertextFileIndex {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String KEY = " where repository_id = ? and name = ?";
  private static final String INSERT =
      "insert into ciphertext_file (repository_id, name, size_bytes, slot) values (?, ?, ?, 0)";

  private final DatabaseKind kind;

  CiphertextFileIndex(DatabaseKind kind) {
    this.kind = kind;
  }

  /** Adds an object in slot 0; waits for others, and answers false when its key is there. */
  boolean insert(Connection connection, ObjectKey key, long sizeBytes) throws SQLException {
    String sql =
        kind == DatabaseKind.H2
            ? INSERT
            // A second insert must not fail, because that would end the transaction.
            : INSERT + " on conflict (repository_id, name) do nothing";
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
  OptionalInt slot(Connection connection, ObjectKey key) throws SQLException {
    return slot(connection, "select slot from ciphertext_file" + KEY, key);
  }

  /** The same, and nobody else changes it until the transaction ends. */
  OptionalInt lock(Connection connection, ObjectKey key) throws SQLException {
    return slot(connection, "select slot from ciphertext_file" + KEY + " for update", key);
  }

  private static OptionalInt slot(Connection connection, String sql, ObjectKey key)
      throws SQLException {
    try (PreparedStatement select = keyed(connection, sql, key);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /** Says that another slot counts from now on. */
  void change(Connection connection, ObjectKey key, int slot, long sizeBytes) throws SQLException {
    String sql = "update ciphertext_file set slot = ?, size_bytes = ?" + KEY;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, slot);
      update.setInt(2, Math.toIntExact(sizeBytes));
      update.setLong(3, key.repositoryId());
      update.setBytes(4, key.name().toBytes());
      update.executeUpdate();
    }
  }

  /** Removes an object; false when it is not there. */
  boolean delete(Connection connection, ObjectKey key) throws SQLException {
    try (PreparedStatement delete = keyed(connection, "delete from ciphertext_file" + KEY, key)) {
      return delete.executeUpdate() == 1;
    }
  }

  /** Whether no object lies in files. */
  static boolean isEmpty(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 1 from ciphertext_file limit 1");
        ResultSet row = select.executeQuery()) {
      return !row.next();
    }
  }

  /** Objects of one folder of a repository, with their slots. */
  Map<Hash256, Integer> inFolder(Connection connection, long repositoryId, int first)
      throws SQLException {
    String sql =
        "select name, slot from ciphertext_file where repository_id = ? and name between ? and ?";
    byte[] lowest = new byte[Hash256.ZERO.toBytes().length];
    lowest[0] = (byte) first;
    byte[] highest = lowest.clone();
    Arrays.fill(highest, 1, highest.length, (byte) 0xff);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, repositoryId);
      select.setBytes(2, lowest);
      select.setBytes(3, highest);
      Map<Hash256, Integer> slots = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          slots.put(Hash256.of(rows.getBytes(1)), rows.getInt(2));
        }
      }
      return slots;
    }
  }

  /** Some objects of a repository, in the order of their names. */
  List<ObjectKey> first(Connection connection, long repositoryId, int most) throws SQLException {
    String sql = "select name from ciphertext_file where repository_id = ? order by name limit ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, repositoryId);
      select.setInt(2, most);
      List<ObjectKey> keys = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(new ObjectKey(repositoryId, Hash256.of(rows.getBytes(1))));
        }
      }
      return keys;
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
