package org.hikae.it.container;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * Many employees written straight into the database, in ten groups, and what their devices would
 * have left there. They are gone again when the test ends.
 */
final class SimulatedCompany {

  private static final String OURS =
      " in (select employee_id from employee where issuer = 'simulation')";

  private final DataSource owner;
  private int people;

  SimulatedCompany(DataSource owner) {
    this.owner = owner;
  }

  /** So many employees, each in one of {@code /simulated/0} to {@code /simulated/9}. */
  void hire(int count) throws SQLException {
    int first = people;
    insert(count);
    execute(
        "insert into employee_group (employee_id, group_path) select employee_id, '/simulated/' ||"
            + " mod(cast(subject as integer), 10) from employee where issuer = 'simulation' and"
            + " cast(subject as integer) >= "
            + first);
  }

  /** So many more, in this group. */
  void hireIn(String group, int count) throws SQLException {
    int first = people;
    insert(count);
    execute(
        "insert into employee_group (employee_id, group_path) select employee_id, '"
            + group
            + "' from employee where issuer = 'simulation' and cast(subject as integer) >= "
            + first);
  }

  private void insert(int count) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into employee (issuer, subject, username, display_name, state,"
                    + " first_seen_at) values ('simulation', ?, ?, ?, ?, current_timestamp)")) {
      for (int i = 0; i < count; i++, people++) {
        insert.setString(1, Integer.toString(people));
        insert.setString(2, "simulated-" + people);
        insert.setString(3, "Simulated " + people);
        insert.setString(4, "ENABLED");
        insert.addBatch();
      }
      var _ = insert.executeBatch();
    }
  }

  /** Everybody moves out of the first ten groups. */
  void leaveGroups() throws SQLException {
    execute("delete from employee_group where employee_id" + OURS);
  }

  /**
   * Devices of some of these people have run a backup for the first time.
   *
   * @param observed how many people
   * @param failing how many of them have no snapshot
   */
  void firstBackups(List<Long> employees, int observed, int failing) throws SQLException {
    StringBuilder sql = new StringBuilder();
    List<Long> ours =
        employees.stream().filter(enabled("issuer = 'simulation'")::contains).toList();
    for (int i = 0; i < observed; i++) {
      long id = ours.get(i);
      String device = String.format(java.util.Locale.ROOT, "51%030x", id);
      boolean fails = i < failing;
      String who = "'" + device + "', " + id;
      sql.append(
          "insert into device (device_id, employee_id, name, platform, agent_version, public_key,"
              + " state, enrolled_at, last_backup_at) values ("
              + who
              + ", 'x', 'x', '1', cast('' as bytea), 'ACTIVE', current_timestamp, "
              + (fails ? "null" : "current_timestamp")
              + ");");
      if (fails) {
        sql.append(
            "insert into run (run_id, device_id, employee_id, kind, result, started_at,"
                + " first_reported_at, last_reported_at, agent_version, files_done, files_failed,"
                + " bytes_read, bytes_sent, bytes_received, duration_millis) values ('x', "
                + who
                + ", 'BACKUP', 'INTERNAL', current_timestamp, current_timestamp, current_timestamp,"
                + " '1', 0, 0, 0, 0, 0, 0);");
      }
    }
    execute(sql.toString());
    execute(
        "insert into newest_run (device_id, employee_id, run_row) select device_id, employee_id,"
            + " run_row from run where employee_id"
            + OURS);
  }

  /** Everybody with an enabled account, whoever hired them, of whom this is true. */
  Set<Long> enabled(Predicate<Long> condition) throws SQLException {
    Set<Long> found = new TreeSet<>(enabled("1 = 1"));
    found.removeIf(condition.negate());
    return found;
  }

  /** Everybody in this group or below it. */
  Set<Long> enabledIn(String group) throws SQLException {
    return enabled(
        "employee_id in (select employee_id from employee_group where group_path = '"
            + group
            + "' or group_path like '"
            + group
            + "/%')");
  }

  private Set<Long> enabled(String condition) throws SQLException {
    return numbers(
            "select employee_id, current_timestamp from employee where state = 'ENABLED' and "
                + condition)
        .keySet();
  }

  /** Whom a campaign invited, and when. */
  Map<Long, Instant> invited(long campaignId) throws SQLException {
    return numbers(
        "select employee_id, invited_at from rollout_invitation where campaign_id = " + campaignId);
  }

  private Map<Long, Instant> numbers(String sql) throws SQLException {
    Map<Long, Instant> found = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(rows.getLong(1), rows.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
    return found;
  }

  /** A campaign goes with all that hangs on it. */
  void forget(long campaignId) throws SQLException {
    String waves = " where wave_id in (select wave_id from rollout_wave where campaign_id = ";
    for (String table : List.of("rollout_wave_person", "rollout_wave_group")) {
      execute("delete from " + table + waves + campaignId + ")");
    }
    for (String table :
        List.of(
            "rollout_invitation",
            "rollout_gate_reading",
            "rollout_gate",
            "rollout_wave",
            "rollout_campaign")) {
      execute("delete from " + table + " where campaign_id = " + campaignId);
    }
  }

  void dissolve() throws SQLException {
    for (String table :
        List.of("newest_run", "run", "device", "employee_group", "employee_summary", "employee")) {
      execute("delete from " + table + " where employee_id" + OURS);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
