package org.hikae.it.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hikae.it.stack.StackDatabase;

/**
 * The row that portals keep about the nightly work, looked at while they do it, and changed as if
 * time had passed.
 */
public final class MaintenanceProbe implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Connection connection;

  /** Looks with the owner's rights. */
  public MaintenanceProbe(StackDatabase database) throws SQLException {
    this.connection = database.asOwner();
  }

  /**
   * How far the work has come.
   *
   * @param startedAt when the last night began
   * @param cursor the repository that was done last, 0 before the first; -1 when no work is under
   *     way
   */
  public record Look(Instant startedAt, long cursor) {

    /** Whether a night has begun and not ended. */
    public boolean underWay() {
      return cursor >= 0;
    }
  }

  /** Looks. */
  public Look look() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select started_at, coalesce(cursor_at, -1) from housekeeping")) {
      assertThat(row.next()).isTrue();
      return new Look(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
    }
  }

  /** The last night began two days before it did, so that another is due, whatever the hour. */
  public void letTheNightCome() throws SQLException {
    change("update housekeeping set started_at = started_at - interval '2' day");
  }

  /** A portal that works has not been heard of for as long as others wait for it. */
  public void letTheLeasePass() throws SQLException {
    change("update housekeeping set lease_until = lease_until - interval '10' minute");
  }

  /** Lets others work at once although a portal may have been ended in the middle of a night. */
  public static void forgetWhoWorked(StackDatabase database) throws SQLException {
    try (MaintenanceProbe watch = new MaintenanceProbe(database)) {
      watch.letTheLeasePass();
    }
  }

  private void change(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  /** Waits until a night has begun after this moment, and gives when. */
  public Instant awaitBegunAfter(Instant moment) throws SQLException, InterruptedException {
    return await(look -> look.startedAt().isAfter(moment), 5).startedAt();
  }

  /** Waits until this repository is done in the night that is under way. */
  public Look awaitDone(long repositoryId) throws SQLException, InterruptedException {
    return await(look -> look.cursor() >= repositoryId, 1);
  }

  /** Waits until no work is under way. */
  public void awaitEnded() throws SQLException, InterruptedException {
    await(look -> !look.underWay(), 20);
  }

  /** Something to wait for. */
  @FunctionalInterface
  private interface Condition {
    boolean seen(Look look);
  }

  private Look await(Condition condition, long betweenMillis)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Look look = look();
    while (!condition.seen(look)) {
      assertThat(System.nanoTime()).as("%s", look).isLessThan(deadline);
      Thread.sleep(betweenMillis);
      look = look();
    }
    return look;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
