package org.hikae.backup.second.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;

/**
 * Compares all objects with the rows of their copies, and puts into the queue what has none: what
 * was stored before there was a second store, and whatever was left out since. It goes on from
 * where it was, in steps; no portal does one while another is at it. The data source takes part in
 * the caller's transaction.
 */
public final class CopyComparison {

  private final DataSource dataSource;

  /** The rows of a database. */
  public CopyComparison(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What a step did. */
  public enum StepResult {
    /** It has looked at objects. */
    LOOKED,
    /** All have been looked at. */
    ENDED,
    /** Nothing is to be compared now, or another portal is at it. */
    NOT_DUE
  }

  /** How far a pass has come. */
  private record ComparisonState(long after, boolean due) {}

  /**
   * One step; in a transaction of its own.
   *
   * @param again a pass that ended before this is followed by another
   * @param most how many objects are looked at
   */
  public StepResult step(Instant now, Instant again, int most) {
    try (Connection connection = dataSource.getConnection()) {
      ComparisonState state = lock(connection, again);
      if (!state.due()) {
        return StepResult.NOT_DUE;
      }
      if (state.after() == 0) {
        begin(connection);
      }
      return look(connection, state.after(), now, most);
    } catch (SQLException e) {
      throw new CiphertextStoreException("Objects could not be compared with their copies.", e);
    }
  }

  private static ComparisonState lock(Connection connection, Instant again) throws SQLException {
    String sql =
        "select after_object, passed_at from ciphertext_copy_state where state_id = 1"
            + " for update skip locked";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return new ComparisonState(0, false);
      }
      long after = row.getLong(1);
      OffsetDateTime passed = row.getObject(2, OffsetDateTime.class);
      return new ComparisonState(
          after, after > 0 || passed == null || passed.toInstant().isBefore(again));
    }
  }

  private static void begin(Connection connection) throws SQLException {
    String sql =
        "update ciphertext_copy_state set waiting_count ="
            + " (select coalesce(sum(object_count), 0) from repository) where state_id = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.executeUpdate();
    }
  }

  private static StepResult look(Connection connection, long after, Instant now, int most)
      throws SQLException {
    String sql =
        "select max(looked.object_id), count(*) from (select object_id from stored_object"
            + " where object_id > ? order by object_id limit ?) looked";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setInt(2, most);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long last = row.getLong(1);
        int count = row.getInt(2);
        if (count == 0) {
          end(connection, now);
          return StepResult.ENDED;
        }
        addLacking(connection, after, last, now);
        advance(connection, last, count);
        return StepResult.LOOKED;
      }
    }
  }

  private static void addLacking(Connection connection, long after, long last, Instant now)
      throws SQLException {
    String sql =
        "insert into ciphertext_copy_due"
            + " (repository_id, name, urgent, erases, queued_at, try_at, attempts)"
            + " select o.repository_id, o.name, false, false,"
            + " cast(? as timestamp with time zone), cast(? as timestamp with time zone), 0"
            + " from stored_object o where o.object_id > ? and o.object_id <= ?"
            + " and not exists (select 1 from ciphertext_copy c"
            + " where c.repository_id = o.repository_id and c.name = o.name)"
            + " and not exists (select 1 from ciphertext_copy_due d"
            + " where d.repository_id = o.repository_id and d.name = o.name)"
            + " order by o.object_id";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.setLong(3, after);
      insert.setLong(4, last);
      insert.executeUpdate();
    }
  }

  private static void advance(Connection connection, long last, int count) throws SQLException {
    String sql =
        "update ciphertext_copy_state set after_object = ?,"
            + " waiting_count = case when waiting_count > ? then waiting_count - ? else 0 end"
            + " where state_id = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, last);
      update.setInt(2, count);
      update.setInt(3, count);
      update.executeUpdate();
    }
  }

  private static void end(Connection connection, Instant now) throws SQLException {
    String sql =
        "update ciphertext_copy_state set after_object = 0, waiting_count = 0, passed_at = ?"
            + " where state_id = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
  }

  /**
   * Puts copies of a repository into the queue whose object is gone; in the caller's transaction.
   *
   * @return how many
   */
  public int addGone(long repositoryId, Instant now, int most) {
    String sql =
        "insert into ciphertext_copy_due"
            + " (repository_id, name, urgent, erases, queued_at, try_at, attempts)"
            + " select c.repository_id, c.name, false, false,"
            + " cast(? as timestamp with time zone), cast(? as timestamp with time zone), 0"
            + " from ciphertext_copy c where c.repository_id = ?"
            + " and not exists (select 1 from stored_object o"
            + " where o.repository_id = c.repository_id and o.name = c.name)"
            + " and not exists (select 1 from ciphertext_copy_due d"
            + " where d.repository_id = c.repository_id and d.name = c.name)"
            + " order by c.name limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.setLong(3, repositoryId);
      insert.setInt(4, most);
      return insert.executeUpdate();
    } catch (SQLException e) {
      throw new CiphertextStoreException("Copies could not be compared with objects.", e);
    }
  }

  /** How many objects have a copy, and how many there are. */
  public record CopyCoverage(long copies, long objects) {

    /** Nothing was counted yet. */
    public static final CopyCoverage NONE = new CopyCoverage(0, 0);

    /** What share of the objects has a copy; all of none. */
    public double share() {
      return objects == 0 ? 1 : Math.min(1, (double) copies / objects);
    }
  }

  /** Counts all copies, which takes some time. */
  public CopyCoverage coverage() {
    String sql =
        "select (select count(*) from ciphertext_copy),"
            + " (select coalesce(sum(object_count), 0) from repository)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new CopyCoverage(row.getLong(1), row.getLong(2));
    } catch (SQLException e) {
      throw new CiphertextStoreException("Copies could not be counted.", e);
    }
  }
}
