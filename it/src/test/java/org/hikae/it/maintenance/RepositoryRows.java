package org.hikae.it.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.it.stack.StackDatabase;

/** What the database has of some repositories, looked at past everything that the portal says. */
public final class RepositoryRows {

  private final StackDatabase database;
  private final String repositories;

  /** Of the repositories whose ids this query gives. */
  RepositoryRows(StackDatabase database, String repositories) {
    this.database = database;
    this.repositories = repositories;
  }

  /** The identifiers of the sets. */
  public List<String> setIds() throws SQLException {
    List<String> sets = new ArrayList<>();
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select set_id from repository where repository_id in (" + repositories + ")")) {
      while (rows.next()) {
        sets.add(rows.getString(1));
      }
    }
    return sets;
  }

  /** Objects that nothing lists and that wait to be deleted. */
  public Set<Long> doomed() throws SQLException {
    return objects("select object_id from idle_object where doomed_at is not null and");
  }

  /** All objects that are stored. */
  public Set<Long> stored() throws SQLException {
    return objects("select object_id from stored_object where");
  }

  private Set<Long> objects(String query) throws SQLException {
    Set<Long> found = new HashSet<>();
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(query + " repository_id in (" + repositories + ")")) {
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  /** Everything that a snapshot lists which is not removed. */
  public Set<Long> listed() throws SQLException {
    Set<Long> listed = new HashSet<>();
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select object_ids, object_count from snapshot join snapshot_objects using"
                    + " (snapshot_row) where repository_id in ("
                    + repositories
                    + ")")) {
      while (rows.next()) {
        for (long id : ObjectIdCodec.decode(rows.getBytes(1), rows.getInt(2))) {
          listed.add(id);
        }
      }
    }
    return listed;
  }

  /** How many snapshots are in this state. */
  public long releases(String state) throws SQLException {
    return count(
        "select count(*) from snapshot_fate where state = '"
            + state
            + "' and repository_id in ("
            + repositories
            + ")");
  }

  /** How many employees have other figures than their objects add up to. */
  public long wrongFigures() throws SQLException {
    return count(
        "select count(*) from storage_use u join repository r using (employee_id) where"
            + " repository_id in ("
            + repositories
            + ") and (live_bytes, held_bytes) <> (select"
            + " coalesce(sum(o.size_bytes) filter (where i.object_id is null), 0),"
            + " coalesce(sum(o.size_bytes) filter (where i.object_id is not null), 0)"
            + " from stored_object o left join idle_object i using (object_id)"
            + " where o.repository_id = r.repository_id)");
  }

  private long count(String query) throws SQLException {
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
