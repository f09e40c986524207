package org.hikae.admin.move;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes orders into the portals' PostgreSQL, by which they move ciphertext; the portals do the
 * rest.
 */
public final class JdbcStoreMove {

  private static final String PORTALS =
      "select stores from ciphertext_portal where seen_at > now() - interval '90 seconds'";

  private static final String AGAIN =
      "update ciphertext_move set paused = false, bytes_per_second = ? where target = ?";

  private static final String ORDER =
      "update ciphertext_move set bytes_per_second = ?, target = ?, ordered_at = now(),"
          + " noted = false, paused = false, after_repository = 0, after_name = null,"
          + " waiting_count = 0, moved_count = 0, moved_bytes = 0, left_count = 0,"
          + " fault_store = null, fault = null, fault_at = null, passed_at = null";

  private static final String STATE =
      "select target, ordered_at, paused, bytes_per_second, waiting_count, moved_count,"
          + " moved_bytes, left_count, fault_store, fault, fault_at, passed_at"
          + " from ciphertext_move";

  private final Connection connection;

  /** Works with a connection that commits by itself. */
  public JdbcStoreMove(Connection connection) {
    this.connection = connection;
  }

  /**
   * What became of an order.
   *
   * @param portals how many portals have said lately that they run
   * @param lacking how many of them do not reach the store
   */
  public record StoreMoveResult(int portals, int lacking) {

    /** Whether it was written; all portals follow it within seconds. */
    public boolean isOrdered() {
      return portals > 0 && lacking == 0;
    }
  }

  /**
   * Orders that new objects go to a store, and that all others are moved there. The same order
   * again only changes the rate, and lets it go on.
   *
   * @param target its name in the database
   * @param bytesPerSecond how many are moved at most; 0 for no limit
   */
  public StoreMoveResult order(String target, long bytesPerSecond) throws SQLException {
    StoreMoveResult result = portals(target);
    if (result.isOrdered() && update(AGAIN, target, bytesPerSecond) == 0) {
      update(ORDER, target, bytesPerSecond);
    }
    return result;
  }

  private StoreMoveResult portals(String target) throws SQLException {
    int portals = 0;
    int lacking = 0;
    try (PreparedStatement select = connection.prepareStatement(PORTALS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        portals++;
        lacking += Arrays.asList(rows.getString(1).split(",", -1)).contains(target) ? 0 : 1;
      }
    }
    return new StoreMoveResult(portals, lacking);
  }

  private int update(String sql, String target, long bytesPerSecond) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, bytesPerSecond);
      update.setString(2, target);
      return update.executeUpdate();
    }
  }

  /** Lets moving rest, or go on; new objects go where they went. */
  public void pause(boolean paused) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update ciphertext_move set paused = ?")) {
      update.setBoolean(1, paused);
      update.executeUpdate();
    }
  }

  /** How it stands. */
  public StoreMoveView read() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STATE);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("The row of moving is missing.");
      }
      return new StoreMoveView(
          row.getString(1),
          instant(row.getTimestamp(2)),
          row.getBoolean(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getLong(7),
          row.getLong(8),
          row.getString(9),
          row.getString(10),
          instant(row.getTimestamp(11)),
          instant(row.getTimestamp(12)));
    }
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
