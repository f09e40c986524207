package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.it.stack.Stack;

/** What the database holds of one set, looked at past everything that the portal says. */
final class StoredSetInspection {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Stack stack;
  private final String setId;

  StoredSetInspection(Stack stack, String setId) {
    this.stack = stack;
    this.setId = setId;
  }

  /** Bytes of an employee and of their repositories. */
  record Figures(long objects, long bytes, long liveAndHeldBytes) {}

  /** Makes all holds of the set a month older; answers how many there are. */
  int letHoldsPass() throws SQLException {
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "update snapshot_fate set held_since = held_since - interval '31' day,"
              + " held_until = held_until - interval '31' day where state = 'HELD'"
              + " and held_until > (select kept_at from housekeeping) and repository_id ="
              + repository());
    }
  }

  /** Makes objects older than any grace; only when no backup is under way. */
  void letGracePass() throws SQLException {
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update stored_object set stored_at = stored_at - interval '1' day where repository_id ="
              + repository());
      statement.executeUpdate(
          "update idle_object set doomed_at = doomed_at - interval '1' day"
              + " where doomed_at is not null and repository_id ="
              + repository());
    }
  }

  /**
   * Waits until snapshots were removed and each object is in a list of one that is not, or is its
   * root.
   */
  void awaitNothingUnlisted(Duration limit) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    // In this order: that nothing was unlisted before anything was removed shows nothing.
    boolean removed = removedSnapshots() > 0;
    Set<Long> unlisted = unlisted();
    while (!removed || !unlisted.isEmpty()) {
      assertThat(System.nanoTime()).as("objects left over: %s", unlisted).isLessThan(deadline);
      Thread.sleep(BETWEEN_LOOKS);
      letHoldsPass();
      letGracePass();
      removed = removedSnapshots() > 0;
      unlisted = unlisted();
    }
    assertThat(
            number(
                "select count(*) from (select repository_id from ciphertext union all"
                    + " select repository_id from ciphertext_file union all"
                    + " select repository_id from ciphertext_object) c where repository_id = "
                    + repository()))
        .as("bytes without an object, or objects without bytes")
        .isEqualTo(
            number("select count(*) from stored_object where repository_id =" + repository()));
    assertThat(
            number(
                "select count(*) from ciphertext_page p where not exists (select 1 from ciphertext"
                    + " c where c.ciphertext_id = p.ciphertext_id)"))
        .as("pages without an object")
        .isZero();
  }

  private Set<Long> unlisted() throws SQLException {
    Set<Long> objects = new HashSet<>();
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "select object_id from stored_object where repository_id =" + repository())) {
        while (rows.next()) {
          objects.add(rows.getLong(1));
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select l.object_ids, s.object_count, (select o.object_id from stored_object o where"
                  + " o.repository_id = s.repository_id and o.name = decode(s.root, 'hex'))"
                  + " from snapshot s join snapshot_objects l on l.snapshot_row = s.snapshot_row"
                  + " where s.repository_id ="
                  + repository())) {
        while (rows.next()) {
          for (long id : ObjectIdCodec.decode(rows.getBytes(1), rows.getInt(2))) {
            objects.remove(id);
          }
          objects.remove(rows.getLong(3));
        }
      }
    }
    return objects;
  }

  List<String> removed() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select s.snapshot_id from snapshot s join snapshot_fate f on f.snapshot_row ="
                    + " s.snapshot_row where f.state = 'REMOVED' and s.repository_id ="
                    + repository())) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  long removedSnapshots() throws SQLException {
    return removed().size();
  }

  long collectedObjects() throws SQLException {
    return number("select swept_count from repository where repository_id =" + repository());
  }

  /** What the portal has counted. */
  Figures figures() throws SQLException {
    return new Figures(
        number("select object_count from repository where repository_id =" + repository()),
        number("select stored_bytes from repository where repository_id =" + repository()),
        number(
            "select live_bytes + held_bytes from storage_use where employee_id = (select"
                + " employee_id from repository where repository_id ="
                + repository()
                + ")"));
  }

  /** The same, counted anew. */
  Figures counted() throws SQLException {
    long bytes =
        number("select sum(size_bytes) from stored_object where repository_id =" + repository());
    return new Figures(
        number("select count(*) from stored_object where repository_id =" + repository()),
        bytes,
        bytes);
  }

  private String repository() {
    return " (select repository_id from repository where set_id = '" + setId + "')";
  }

  private long number(String query) throws SQLException {
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
