package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.PostgresServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a database of another release: an older one is brought up to date and keeps its
 * rows; a later one, or one whose migrations were others, is refused by name and left as it is.
 */
@EveryThirdRun
class SchemaUpgradeTest {

  private static final String APP = "hikae_app";
  private static final int EVENTS = 20;
  private static final Instant START = Instant.parse("2026-11-01T08:00:00.123456Z");

  /** Its rows are told apart, because the places moved to a table of their own. */
  private static final String TRAIL = "audit_event";

  /** The last migration before policies, which the first release that people tried ended with. */
  private static final String FORMER = "027";

  /** A row in each table that can have one without a portal. */
  private static final List<String> ROWS =
      List.of(
          "insert into employee (issuer, subject, username, display_name, state, first_seen_at)"
              + " values ('i', 's', 'ann', 'Ann', 'ENABLED', now())",
          "insert into employee_group values (1, '/Sales')",
          "insert into notice (created_at, employee_id, kind, detail) values (now(), 1, 'k', '{}')",
          "insert into rollout_offer values ('/Sales', now(), 'i', 's')",
          "insert into device (device_id, employee_id, name, platform, agent_version, public_key,"
              + " state, enrolled_at) values ('d', 1, 'laptop', 'Linux', '1', '', 'ACTIVE', now())",
          "insert into session_ending (keycloak_session, device_id, requested_at, attempts,"
              + " next_attempt_at) values ('k', 'd', now(), 0, now())",
          "insert into consent (employee_id, device_id, client_id, text_version, text_language,"
              + " action, given_at) values (1, 'd', 'hikae-agent', 1, 'en', 'OPTED_IN', now())",
          "insert into backup_set (set_id, employee_id, current_of, generation, state,"
              + " created_by_device, created_at) values ('set', 1, 1, 1, 'ACTIVE', 'd', now())",
          "insert into key_wrap (wrap_id, set_id, generation, method, device_id, created_at,"
              + " wrapped_key) values ('w', 'set', 1, 'DIGIT_KEY', 'd', now(), '\\x01')",
          "insert into repository (set_id, employee_id, object_count, stored_bytes, created_at)"
              + " values ('set', 1, 1, 3, now())",
          "insert into stored_object (repository_id, name, size_bytes, stored_at) values (1,"
              + " '\\x02', 3, now())",
          "insert into ciphertext (repository_id, name, size_bytes) values (1, '\\x02', 3)",
          "insert into ciphertext_page values (1, 0, '\\x010203')",
          "insert into series (repository_id, device_id, last_sequence, last_stub) values (1, 'd',"
              + " 1, 'stub')",
          "insert into snapshot (snapshot_id, repository_id, employee_id, set_id, device_id,"
              + " generation, sequence, previous_stub, root, list_hash, stub_hash, committed_at,"
              + " object_count, stored_bytes, file_count, plain_bytes) values ('n', 1, 1, 'set',"
              + " 'd', 1, 1, '0', '02', 'l', 'stub', now(), 1, 3, 1, 3)",
          "insert into snapshot_objects values (1, '\\x01')",
          "insert into run (run_id, device_id, employee_id, kind, result, started_at,"
              + " first_reported_at, last_reported_at, agent_version, files_done, files_failed,"
              + " bytes_read, bytes_sent, bytes_received, duration_millis) values ('r', 'd', 1,"
              + " 'BACKUP', 'SUCCESS', now(), now(), now(), '1', 1, 0, 3, 3, 0, 5)",
          "insert into newest_run values ('d', 1, 1)",
          "insert into vault_receipt values ('c', 1, 'e', '\\x04')");

  @TempDir private static Path folder;
  private static DataSource h2;

  @BeforeAll
  static void an_embedded_database() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:" + folder.resolve("hikae"));
    source.setUser("hikae_owner");
    source.setPassword("hikae_owner");
    h2 = source;
  }

  @Test
  void the_former_releases_rows_are_all_there_after_an_upgrade() throws Exception {
    try (EmbeddedPostgres server = PostgresServers.forgetful().start()) {
      DataSource owner = server.getPostgresDatabase();
      execute(owner, "create role " + APP + " login password '" + APP + "'");
      Flyway.configure(SchemaUpgradeTest.class.getClassLoader())
          .dataSource(owner)
          .locations("classpath:db/migration", "classpath:db/vendor/postgresql")
          .placeholders(Map.of("appUser", APP))
          // What repeats speaks of the schema as it is now; the former one had none of it.
          .repeatableSqlMigrationPrefix("None")
          .target(FORMER)
          .load()
          .migrate();
      for (String row : ROWS) {
        execute(owner, row);
      }
      chainAsBefore(owner);
      Map<String, String> columns = columns(owner);
      Map<String, List<String>> before = content(owner, columns);
      assertThat(before.values()).filteredOn(rows -> !rows.isEmpty()).hasSizeGreaterThan(19);

      new Migrations(owner, APP, APP).run();

      Map<String, List<String>> after = content(owner, columns);
      assertThat(after).isEqualTo(before);
      assertThat(after.get("consent_text").toString())
          .as("what somebody agreed to stays, whatever it calls things")
          .contains("端末", "64 桁のキー");
      assertChained(owner);
      assertThat(new Migrations(owner, APP, APP).run()).as("a second start").isZero();

      requireRefused(owner);
    }
  }

  private static AuditRecord event(int seq) {
    return new AuditRecord(
        START.plusSeconds(seq), "i", "s", "device.enrolled", "device:" + seq, "{}", null, null);
  }

  /** Events as they were kept when each held its own place. */
  private static void chainAsBefore(DataSource owner) throws SQLException {
    String previous = AuditRecord.BEGINNING;
    for (int seq = 1; seq <= EVENTS; seq++) {
      AuditRecord event = event(seq);
      String hash = event.hash(seq, previous);
      execute(
          owner,
          "insert into audit_event values ("
              + String.join(
                  ", ",
                  Integer.toString(seq),
                  "'" + event.at() + "'",
                  "'i', 's'",
                  "'" + event.action() + "'",
                  "'" + event.object() + "'",
                  "'{}'",
                  "'" + previous + "'",
                  "'" + hash + "'")
              + ")");
      previous = hash;
    }
  }

  private static void assertChained(DataSource owner) throws SQLException {
    String previous = AuditRecord.BEGINNING;
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select l.seq, l.hash, e.happened_at, e.object from audit_link l join audit_event"
                    + " e on e.event_id = l.event_id order by l.seq")) {
      for (int seq = 1; seq <= EVENTS; seq++) {
        assertThat(rows.next()).isTrue();
        AuditRecord event = event(seq);
        assertThat(rows.getString("object")).isEqualTo(event.object());
        assertThat(rows.getTimestamp("happened_at").toInstant()).isEqualTo(event.at());
        assertThat(rows.getString("hash")).isEqualTo(event.hash(seq, previous));
        previous = rows.getString("hash");
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void a_later_schema_is_refused_by_name_on_h2_too() throws Exception {
    new Migrations(h2, APP, APP).run();
    requireRefused(h2);
  }

  /** A database that is up to date and then gets what a later release would do. */
  private static void requireRefused(DataSource owner) throws SQLException {
    String history = quoted(owner, "flyway_schema_history");
    String later =
        "insert into "
            + history
            + columnsOfHistory(owner)
            + " select 9000, '999', 'Dream of more', 'SQL', 'V999__Dream_of_more.sql', 7,"
            + " current_user, now(), 1, true";
    execute(owner, later);
    assertThatThrownBy(() -> new Migrations(owner, APP, APP).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("later Hikae: V999 (Dream of more)")
        .hasMessageContaining("This portal knows it up to V0");
    execute(owner, "delete from " + history + " where " + column(owner, "version") + " = '999'");
    new Migrations(owner, APP, APP).run();

    String checksum = column(owner, "checksum");
    String first = " where " + column(owner, "version") + " = '001'";
    execute(owner, "update " + history + " set " + checksum + " = " + checksum + " + 1" + first);
    assertThatThrownBy(() -> new Migrations(owner, APP, APP).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not those of this portal")
        .hasMessageContaining("001");
    execute(owner, "update " + history + " set " + checksum + " = " + checksum + " - 1" + first);
    new Migrations(owner, APP, APP).run();
  }

  /** Flyway quotes its names, and H2 then keeps their case. */
  private static String quoted(DataSource owner, String name) {
    return owner instanceof JdbcDataSource ? "\"" + name + "\"" : name;
  }

  private static String column(DataSource owner, String name) {
    return quoted(owner, name);
  }

  private static String columnsOfHistory(DataSource owner) {
    List<String> names = new ArrayList<>();
    for (String name :
        List.of(
            "installed_rank",
            "version",
            "description",
            "type",
            "script",
            "checksum",
            "installed_by",
            "installed_on",
            "execution_time",
            "success")) {
      names.add(column(owner, name));
    }
    return " (" + String.join(", ", names) + ")";
  }

  /** The columns of each table, as a list for a query. */
  private static Map<String, String> columns(DataSource owner) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name, string_agg(column_name, ', ' order by ordinal_position) from"
                    + " information_schema.columns where table_schema = current_schema() and"
                    + " table_name <> 'flyway_schema_history' group by table_name")) {
      while (rows.next()) {
        columns.put(rows.getString(1), rows.getString(2));
      }
    }
    columns.remove(TRAIL);
    return columns;
  }

  private static Map<String, List<String>> content(DataSource owner, Map<String, String> columns)
      throws SQLException {
    Map<String, List<String>> content = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> table : columns.entrySet()) {
        List<String> found = new ArrayList<>();
        try (ResultSet rows =
            statement.executeQuery(
                "select row(" + table.getValue() + ")::text from " + table.getKey())) {
          while (rows.next()) {
            found.add(rows.getString(1));
          }
        }
        found.sort(null);
        content.put(table.getKey(), found);
      }
    }
    return content;
  }

  private static void execute(DataSource owner, String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
