package org.hikae.backup.bucket.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;

/**
 * The queue of what was deleted and is to go from the bucket: rows that come with the transaction
 * that deletes, and go with the one that removes. Whoever writes a row holds the object's row.
 */
final class DeletionQueue {

  private static final String KEY = " where repository_id = ? and name = ?";

  private final String table;

  /**
   * The queue of a table.
   *
   * @param table a constant name
   */
  DeletionQueue(String table) {
    this.table = table;
  }

  /** Notes that an object was deleted, or a part of its bytes; the grace begins anew. */
  void add(Connection connection, ObjectKey key, Instant now) throws SQLException {
    remove(connection, key);
    String sql = "insert into " + table + " (repository_id, name, deleted_at) values (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Nothing of an object is to go any more. */
  void remove(Connection connection, ObjectKey key) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("delete from " + table + KEY)) {
      delete.setLong(1, key.repositoryId());
      delete.setBytes(2, key.name().toBytes());
      delete.executeUpdate();
    }
  }

  /** Whether nothing is to go. */
  boolean isEmpty(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 1 from " + table + " limit 1");
        ResultSet row = select.executeQuery()) {
      return !row.next();
    }
  }

  /** Forgets a repository. */
  void removeAll(Connection connection, long repositoryId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + table + " where repository_id = ?")) {
      delete.setLong(1, repositoryId);
      delete.executeUpdate();
    }
  }

  /** What was deleted before a time, the first first. */
  List<ObjectKey> before(Connection connection, long repositoryId, Instant before, int most)
      throws SQLException {
    String sql =
        "select name from "
            + table
            + " where repository_id = ? and deleted_at < ?"
            + " order by deleted_at, name limit ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, repositoryId);
      select.setObject(2, before.atOffset(ZoneOffset.UTC));
      select.setInt(3, most);
      List<ObjectKey> keys = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(new ObjectKey(repositoryId, Hash256.of(rows.getBytes(1))));
        }
      }
      return keys;
    }
  }

  /** What is in the queue of names from the first to the last. */
  Set<Hash256> between(Connection connection, long repositoryId, Hash256 first, Hash256 last)
      throws SQLException {
    String sql = "select name from " + table + " where repository_id = ? and name between ? and ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, repositoryId);
      select.setBytes(2, first.toBytes());
      select.setBytes(3, last.toBytes());
      Set<Hash256> names = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          names.add(Hash256.of(rows.getBytes(1)));
        }
      }
      return names;
    }
  }
}
