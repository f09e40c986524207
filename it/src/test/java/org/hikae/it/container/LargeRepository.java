package org.hikae.it.container;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.hikae.backup.entity.ObjectIds;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;

/** Rows of a repository of 800 GB, without its bytes. */
final class LargeRepository {

  static final int OBJECTS = 100_000;
  static final int SNAPSHOTS = 200;

  /** Objects at the end that no list names, and that are old. */
  static final int UNLISTED = 100;

  /** Each list begins so many objects after the one before. */
  private static final int STEP = 50;

  private static final int LISTED = OBJECTS - SNAPSHOTS * STEP - UNLISTED;
  private static final long SIZE = 8_000_000;

  private LargeRepository() {}

  private static String name(String text) {
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  static void fill(DataSource source, long repositoryId, SnapshotView like, Instant now)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
      String names =
          h2 ? "hash('SHA-256', cast(x as varchar))" : "sha256(cast(cast(x as varchar) as bytea))";
      String numbers = h2 ? "system_range(1, ?) as r(x)" : "generate_series(1, ?) as r(x)";
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into stored_object (repository_id, name, size_bytes, stored_at) select "
                  + repositoryId
                  + ", "
                  + names
                  + ", "
                  + SIZE
                  + ", cast(? as timestamp with time zone) from "
                  + numbers)) {
        insert.setObject(1, now.minus(Duration.ofDays(300)).atOffset(ZoneOffset.UTC));
        insert.setInt(2, OBJECTS);
        insert.executeUpdate();
      }
      try (Statement statement = connection.createStatement()) {
        long bytes = OBJECTS * SIZE;
        statement.executeUpdate(
            "update repository set object_count = object_count + "
                + OBJECTS
                + ", stored_bytes = stored_bytes + "
                + bytes
                + " where repository_id = "
                + repositoryId);
        statement.executeUpdate(
            "update storage_use set live_bytes = live_bytes + "
                + bytes
                + " where employee_id = (select employee_id from repository where repository_id = "
                + repositoryId
                + ")");
      }
      snapshots(connection, repositoryId, like, now, ids(connection, repositoryId));
    }
  }

  /** Takes all of the repository away again: without its bytes it would be rot to scrubbing. */
  static void clear(DataSource owner, long repositoryId) throws SQLException {
    String ofRepository = " where repository_id = " + repositoryId;
    String ofSnapshots =
        " where snapshot_row in (select snapshot_row from snapshot" + ofRepository + ")";
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "delete from snapshot_fate" + ofSnapshots,
            "delete from snapshot_objects" + ofSnapshots,
            "delete from snapshot" + ofRepository,
            "delete from idle_object" + ofRepository,
            "delete from stored_object" + ofRepository,
            "update repository set object_count = 0, stored_bytes = 0" + ofRepository,
            "update storage_use set live_bytes = 0, held_bytes = 0 where employee_id ="
                + " (select employee_id from repository"
                + ofRepository
                + ")"
          }) {
        statement.executeUpdate(sql);
      }
    }
  }

  private static long[] ids(Connection connection, long repositoryId) throws SQLException {
    long[] ids = new long[OBJECTS];
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select object_id from stored_object where size_bytes = "
                    + SIZE
                    + " and repository_id = "
                    + repositoryId
                    + " order by object_id")) {
      for (int i = 0; rows.next(); i++) {
        ids[i] = rows.getLong(1);
      }
    }
    return ids;
  }

  /** Snapshots 2 to 201 of the series, one a day. */
  private static void snapshots(
      Connection connection, long repositoryId, SnapshotView like, Instant now, long[] ids)
      throws SQLException {
    String previous = like.stubHash();
    for (int i = 0; i < SNAPSHOTS; i++) {
      String stub = name("stub " + i + " of " + repositoryId);
      long row =
          snapshot(
              connection,
              String.format(
                  Locale.ROOT,
                  "insert into snapshot (snapshot_id, repository_id, employee_id, set_id, device_id,"
                      + " generation, sequence, previous_stub, root, list_hash, stub_hash,"
                      + " committed_at, object_count, stored_bytes, file_count, plain_bytes)"
                      + " select '%s', repository_id, employee_id, set_id, '%s', 1, %d, '%s', '%s',"
                      + " '%s', '%s', cast(? as timestamp with time zone), %d, 0, 1, 1 from repository where repository_id = %d",
                  stub.substring(0, 32),
                  like.deviceId(),
                  i + 2,
                  previous,
                  name(String.valueOf(i + 1)),
                  name("list"),
                  stub,
                  LISTED,
                  repositoryId),
              now.minus(Duration.ofDays(SNAPSHOTS - i)));
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into snapshot_objects (snapshot_row, object_ids) values (?, ?)")) {
        insert.setLong(1, row);
        insert.setBytes(
            2,
            ObjectIds.encode(Arrays.copyOfRange(ids, i * STEP + STEP, i * STEP + STEP + LISTED)));
        insert.executeUpdate();
      }
      previous = stub;
    }
  }

  private static long snapshot(Connection connection, String sql, Instant committedAt)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(sql, new String[] {"snapshot_row"})) {
      insert.setObject(1, committedAt.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    }
  }
}
