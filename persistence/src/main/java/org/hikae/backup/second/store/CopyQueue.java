package org.hikae.backup.second.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * The queue of what is to be looked at in the second store: rows that come with the transaction
 * that stores or deletes, and go when both stores agree. The data source takes part in the caller's
 * transaction.
 */
public final class CopyQueue {

  private final DataSource dataSource;

  /** The rows of a database. */
  public CopyQueue(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Works with a connection. */
  @FunctionalInterface
  private interface RowWork<T> {

    T with(Connection connection) throws SQLException;
  }

  private <T> T work(RowWork<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new CiphertextStoreException("The rows of copies could not be used.", e);
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * An object came, went or was replaced; in the transaction that did it.
   *
   * @param erases whether the bytes of a copy go at once when the object is gone
   */
  public void add(ObjectKey key, boolean erases, Instant now) {
    work(
        connection -> {
          String sql =
              "insert into ciphertext_copy_due"
                  + " (repository_id, name, urgent, erases, queued_at, try_at, attempts)"
                  + " values (?, ?, true, ?, ?, ?, 0)";
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, key.repositoryId());
            insert.setBytes(2, key.name().toBytes());
            insert.setBoolean(3, erases);
            insert.setObject(4, time(now));
            insert.setObject(5, time(now));
            return insert.executeUpdate();
          }
        });
  }

  /**
   * Takes some of what is due for this portal, urgent ones first; in a transaction of its own.
   *
   * @param until when another portal may take them, should this one have come to no end
   */
  public List<DueCopy> claim(Instant now, Instant until, int most) {
    return work(
        connection -> {
          List<DueCopy> claimed = new ArrayList<>();
          select(connection, true, now, most, claimed);
          if (claimed.size() < most) {
            select(connection, false, now, most - claimed.size(), claimed);
          }
          String sql = "update ciphertext_copy_due set try_at = ? where due_id = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (DueCopy each : claimed) {
              update.setObject(1, time(until));
              update.setLong(2, each.dueId());
              update.executeUpdate();
            }
          }
          return List.copyOf(claimed);
        });
  }

  private static void select(
      Connection connection, boolean urgent, Instant now, int most, List<DueCopy> claimed)
      throws SQLException {
    String sql =
        "select due_id, repository_id, name, erases, attempts from ciphertext_copy_due"
            + " where urgent = ? and try_at <= ? order by try_at, due_id limit ?"
            + " for update skip locked";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBoolean(1, urgent);
      select.setObject(2, time(now));
      select.setInt(3, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ObjectKey key = new ObjectKey(rows.getLong(2), Hash256.of(rows.getBytes(3)));
          claimed.add(
              new DueCopy(rows.getLong(1), key, urgent, rows.getBoolean(4), rows.getInt(5)));
        }
      }
    }
  }

  /** Both stores agree about an object. */
  public void done(DueCopy due) {
    work(
        connection -> {
          String sql = "delete from ciphertext_copy_due where due_id = ?";
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, due.dueId());
            return delete.executeUpdate();
          }
        });
  }

  /** An object could not be brought to its end. */
  public void failed(DueCopy due, String fault, Instant tryAt) {
    work(
        connection -> {
          String sql =
              "update ciphertext_copy_due set attempts = attempts + 1, fault = ?, try_at = ?"
                  + " where due_id = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, fault);
            update.setObject(2, time(tryAt));
            update.setLong(3, due.dueId());
            return update.executeUpdate();
          }
        });
  }

  /** What was claimed and not begun may be taken by anybody. */
  public void giveBack(List<DueCopy> claimed, Instant tryAt) {
    work(
        connection -> {
          String sql = "update ciphertext_copy_due set try_at = ? where due_id = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (DueCopy each : claimed) {
              update.setObject(1, time(tryAt));
              update.setLong(2, each.dueId());
              update.executeUpdate();
            }
            return true;
          }
        });
  }

  /** Whether an object is waiting to be looked at. */
  public boolean isDue(ObjectKey key) {
    return work(
        connection -> {
          String sql =
              "select 1 from ciphertext_copy_due where repository_id = ? and name = ? limit 1";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, key.repositoryId());
            select.setBytes(2, key.name().toBytes());
            try (ResultSet row = select.executeQuery()) {
              return row.next();
            }
          }
        });
  }

  /** How many bytes an object should have; empty when there is none. */
  public OptionalLong recordedSize(ObjectKey key) {
    return work(
        connection -> {
          String sql = "select size_bytes from stored_object where name = ? and repository_id = ?";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, key.name().toBytes());
            select.setLong(2, key.repositoryId());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
          }
        });
  }

  /** The first copies of a repository, by name. */
  public List<ObjectKey> copiesOf(long repositoryId, int most) {
    return work(
        connection -> {
          String sql =
              "select name from ciphertext_copy where repository_id = ? order by name limit ?";
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
        });
  }

  /** Nothing of a repository is to be looked at any more. */
  public void forget(long repositoryId) {
    work(
        connection -> {
          String sql = "delete from ciphertext_copy_due where repository_id = ?";
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, repositoryId);
            return delete.executeUpdate();
          }
        });
  }

  /** How it stands. */
  public CopyFigures figures() {
    return work(
        connection -> {
          String sql =
              "select (select count(*) from ciphertext_copy_due),"
                  + " (select count(*) from ciphertext_copy_due where attempts > 0),"
                  + " (select min(queued_at) from ciphertext_copy_due where urgent = true),"
                  + " waiting_count, passed_at from ciphertext_copy_state where state_id = 1";
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            if (!row.next()) {
              throw new SQLException("The row of copies is missing.");
            }
            return new CopyFigures(
                row.getLong(1),
                row.getLong(2),
                instant(row.getObject(3, OffsetDateTime.class)),
                row.getLong(4),
                instant(row.getObject(5, OffsetDateTime.class)));
          }
        });
  }
}
