package org.hikae.backup.ciphertext.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** The rows of a table that has one for each object of a store, as {@link CiphertextListing}. */
final class CiphertextRows {

  private static final String KEY = " where repository_id = ? and name = ?";

  private final String table;

  /**
   * The rows of a table.
   *
   * @param table a constant name, not one that came from elsewhere
   */
  CiphertextRows(String table) {
    this.table = table;
  }

  /** Two questions, each of which an index answers; a comparison of both columns is not one. */
  List<ObjectKey> after(Connection connection, @Nullable ObjectKey last, int most)
      throws SQLException {
    List<ObjectKey> keys = new ArrayList<>();
    if (last != null) {
      String sql =
          "select repository_id, name from "
              + table
              + " where repository_id = ? and name > ? order by repository_id, name limit ?";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, last.repositoryId());
        select.setBytes(2, last.name().toBytes());
        select.setInt(3, most);
        add(select, keys);
      }
    }
    if (keys.size() < most) {
      String sql =
          "select repository_id, name from "
              + table
              + " where repository_id > ? order by repository_id, name limit ?";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, last == null ? Long.MIN_VALUE : last.repositoryId());
        select.setInt(2, most - keys.size());
        add(select, keys);
      }
    }
    return keys;
  }

  private static void add(PreparedStatement select, List<ObjectKey> keys) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.add(new ObjectKey(rows.getLong(1), Hash256.of(rows.getBytes(2))));
      }
    }
  }

  /** Whether an object has a row. */
  boolean holds(Connection connection, ObjectKey key) throws SQLException {
    return isThere(connection, "select 1 from " + table + KEY, key);
  }

  /** The same, and nobody else changes it until the transaction ends. */
  boolean lock(Connection connection, ObjectKey key) throws SQLException {
    return isThere(connection, "select 1 from " + table + KEY + " for update", key);
  }

  private static boolean isThere(Connection connection, String sql, ObjectKey key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, key.repositoryId());
      select.setBytes(2, key.name().toBytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** How many rows there are. */
  long count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select count(*) from " + table);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
