package org.hikae.backup.move.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * The row that says where new objects go and how far the others have come, and the rows by which
 * portals say which stores they reach. The data source takes part in the caller's transaction.
 * Orders are written by {@code hikae-admin store move}.
 */
public final class StoreMoveStore {

  /** A portal that has said nothing for so long does not run any more. */
  static final int SILENT_SECONDS = 90;

  private static final String ROW = " where state_id = 1";

  private static final String PROGRESS =
      "select target, noted, paused, bytes_per_second, after_repository, after_name,"
          + " waiting_count, moved_count, moved_bytes, left_count, fault_at, passed_at"
          + " from ciphertext_move";

  private final DataSource dataSource;

  /** The rows of a database. */
  public StoreMoveStore(DataSource dataSource) {
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
      throw new CiphertextStoreException("The rows of moving could not be used.", e);
    }
  }

  /** The store that was ordered; empty while the settings say it. */
  public Optional<String> target() {
    return Optional.ofNullable(read().target());
  }

  /** How it stands. */
  public StoreMoveProgress read() {
    return work(connection -> progress(connection, PROGRESS + ROW));
  }

  private static StoreMoveProgress progress(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("The row of moving is missing.");
      }
      byte[] name = row.getBytes(6);
      return new StoreMoveProgress(
          row.getString(1),
          row.getBoolean(2),
          row.getBoolean(3),
          row.getLong(4),
          name == null ? null : new ObjectKey(row.getLong(5), Hash256.of(name)),
          row.getLong(7),
          row.getLong(8),
          row.getLong(9),
          row.getLong(10),
          instant(row, 11),
          instant(row, 12));
    }
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * Takes the lease; in the caller's transaction.
   *
   * @param holder who asks, by a name that no other has
   * @param until when another may take it
   * @return how it stands; empty when another has the lease
   */
  public Optional<StoreMoveProgress> begin(String holder, Instant now, Instant until) {
    return work(
        connection -> {
          StoreMoveProgress progress = progress(connection, PROGRESS + ROW + " for update");
          String sql =
              "update ciphertext_move set holder = ?, held_until = ?"
                  + ROW
                  + " and (holder is null or holder = ? or held_until is null or held_until <= ?)";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, holder);
            update.setObject(2, time(until));
            update.setString(3, holder);
            update.setObject(4, time(now));
            return update.executeUpdate() == 1 ? Optional.of(progress) : Optional.empty();
          }
        });
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Says how far the work has come, and makes the lease longer; in the caller's transaction.
   *
   * @param progress of which all is written but the order, and that no store failed
   * @return how it stands; empty when another has the lease, or it was ordered anew: then nothing
   *     was written
   */
  public Optional<StoreMoveProgress> record(
      String holder, Instant until, StoreMoveProgress progress) {
    return work(
        connection -> {
          StoreMoveProgress before = progress(connection, PROGRESS + ROW + " for update");
          if (!before.isSameOrder(progress)) {
            return Optional.empty();
          }
          String sql =
              "update ciphertext_move set held_until = ?, after_repository = ?, after_name = ?,"
                  + " waiting_count = ?, moved_count = ?, moved_bytes = ?, left_count = ?,"
                  + " passed_at = ?, fault = null, fault_store = null, fault_at = null"
                  + ROW
                  + " and holder = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            ObjectKey after = progress.after();
            update.setObject(1, time(until));
            update.setLong(2, after == null ? 0 : after.repositoryId());
            update.setBytes(3, after == null ? null : after.name().toBytes());
            update.setLong(4, progress.waiting());
            update.setLong(5, progress.moved());
            update.setLong(6, progress.movedBytes());
            update.setLong(7, progress.left());
            Instant passed = progress.passedAt();
            update.setObject(8, passed == null ? null : time(passed));
            update.setString(9, holder);
            return update.executeUpdate() == 1
                ? Optional.of(progress(connection, PROGRESS + ROW))
                : Optional.empty();
          }
        });
  }

  /** Says which store could not be used, and what was wrong; an order meanwhile is left alone. */
  public void failed(String holder, String store, String fault, Instant now) {
    work(
        connection -> {
          String sql =
              "update ciphertext_move set fault_store = ?, fault = ?, fault_at = ?"
                  + ROW
                  + " and holder = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, store);
            update.setString(2, fault);
            update.setObject(3, time(now));
            update.setString(4, holder);
            return update.executeUpdate();
          }
        });
  }

  /** The order stands in the audit trail; in the transaction that writes it there. */
  public boolean note(String target) {
    return work(
        connection -> {
          String sql =
              "update ciphertext_move set noted = true" + ROW + " and target = ? and not noted";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, target);
            return update.executeUpdate() == 1;
          }
        });
  }

  /** Gives the lease back; does nothing when another has it. */
  public void release(String holder) {
    work(
        connection -> {
          String sql =
              "update ciphertext_move set holder = null, held_until = null"
                  + ROW
                  + " and holder = ?";
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, holder);
            return update.executeUpdate();
          }
        });
  }

  /**
   * A portal runs and reaches these stores; portals that have ended without a word are forgotten.
   *
   * @param writesTo which of them its settings name for new objects
   */
  public void announce(String portal, List<String> stores, String writesTo) {
    work(
        connection -> {
          forget(
              connection,
              "delete from ciphertext_portal where portal = ? or seen_at <"
                  + " current_timestamp - interval '1' day",
              portal);
          String sql =
              "insert into ciphertext_portal (portal, stores, writes_to, seen_at)"
                  + " values (?, ?, ?, current_timestamp)";
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, portal);
            insert.setString(2, String.join(",", stores));
            insert.setString(3, writesTo);
            return insert.executeUpdate();
          }
        });
  }

  /** A portal ends. */
  public void withdraw(String portal) {
    work(
        connection -> {
          forget(connection, "delete from ciphertext_portal where portal = ?", portal);
          return true;
        });
  }

  private static void forget(Connection connection, String sql, String portal) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, portal);
      delete.executeUpdate();
    }
  }

  /**
   * A portal that runs now.
   *
   * @param stores those that it reaches
   * @param writesTo which of them its settings name for new objects
   */
  public record RunningPortal(List<String> stores, String writesTo) {}

  /** The portals that run now, as far as they have said so. */
  public List<RunningPortal> portals() {
    return work(
        connection -> {
          String sql =
              "select stores, writes_to from ciphertext_portal where seen_at >"
                  + " current_timestamp - interval '"
                  + SILENT_SECONDS
                  + "' second";
          List<RunningPortal> portals = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              portals.add(
                  new RunningPortal(
                      Arrays.asList(rows.getString(1).split(",", -1)), rows.getString(2)));
            }
          }
          return portals;
        });
  }
}
