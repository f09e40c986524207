package org.hikae.admin.port;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The real database. */
public final class JdbcPortalDatabase implements PortalDatabase {

  private static final String SECONDS = "10";

  /** For an answer that a disk may have to be read for. */
  private static final String LONGER_SECONDS = "300";

  private static final String HISTORY = "flyway_schema_history";

  /** Append-only for the application, as the migrations grant it. */
  private static final String APPEND_ONLY =
      "unnest(array['audit_event', 'consent', 'consent_text', 'consent_version',"
          + " 'vault_receipt']) as t(name)";

  private static final String EXCESS =
      "select t.name, p.name from "
          + APPEND_ONLY
          + ", unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p(name)"
          + " where case when to_regclass(t.name) is null then false"
          + " when p.name = 'UPDATE' then has_any_column_privilege(t.name, 'UPDATE')"
          + " else has_table_privilege(t.name, p.name) end";

  private static final String OWNERSHIP =
      "select case when (select rolsuper from pg_roles where rolname = current_user)"
          + " then 'superuser' when exists (select 1 from pg_class where oid ="
          + " to_regclass('audit_event') and pg_has_role(current_user, relowner, 'MEMBER'))"
          + " then 'owner' end";

  private static final String SESSIONS =
      "select count(*), min(requested_at) from session_ending where ended_at is null";

  private static final String RUNS =
      "select count(*), count(*) filter (where r.result = 'RUNNING' and r.last_reported_at <"
          + " now() - interval '15 minutes') from newest_run n join run r using (run_row)";

  private final String url;
  private final Login application;
  private final Login owner;
  private final Clock clock;

  /**
   * A login.
   *
   * @param user its name
   * @param password of it
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login(" + user + ")";
    }
  }

  /** The database at this JDBC address. */
  public JdbcPortalDatabase(String url, Login application, Login owner, Clock clock) {
    this.url = url;
    this.application = application;
    this.owner = owner;
    this.clock = clock;
  }

  private Connection connect(Login login) throws SQLException {
    return connect(login, SECONDS);
  }

  private Connection connect(Login login, String answerSeconds) throws SQLException {
    return connect(login, answerSeconds, true);
  }

  private Connection connect(Login login, String answerSeconds, boolean readOnly)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", SECONDS);
    properties.setProperty("socketTimeout", answerSeconds);
    properties.setProperty("readOnly", String.valueOf(readOnly));
    return DriverManager.getConnection(url, properties);
  }

  /** A connection of the application's login for longer work, that reads only. */
  public Connection openToRead() throws SQLException {
    return connect(application, LONGER_SECONDS);
  }

  /** A connection of the owner's login for longer work, that reads only. */
  public Connection openAsOwnerToRead() throws SQLException {
    return connect(owner, LONGER_SECONDS);
  }

  /** A connection of the application's login that writes an order, which commits by itself. */
  public Connection openToOrder() throws SQLException {
    return connect(application, SECONDS, false);
  }

  @Override
  public Facts asApplication() throws SQLException {
    try (Connection connection = connect(application);
        Statement statement = connection.createStatement()) {
      Map<String, String> settings = new LinkedHashMap<>();
      for (String name : DURABILITY) {
        settings.put(name, text(statement, "show " + name));
      }
      return new Facts(
          connection.getMetaData().getDatabaseProductName()
              + " "
              + connection.getMetaData().getDatabaseProductVersion(),
          ahead(statement),
          settings,
          excess(statement),
          optional(statement, OWNERSHIP),
          archive(statement),
          optional(statement, "select to_regclass('newest_run')") == null
              ? null
              : queues(statement));
    }
  }

  /** Which folder of files the database names; empty when none, or before there is a schema. */
  public Optional<String> folderMark() throws SQLException {
    try (Connection connection = connect(application);
        Statement statement = connection.createStatement()) {
      return optional(statement, "select to_regclass('ciphertext_folder')") == null
          ? Optional.empty()
          : Optional.ofNullable(optional(statement, "select mark from ciphertext_folder"));
    }
  }

  @Override
  public List<Applied> asOwner() throws SQLException {
    List<Applied> applied = new ArrayList<>();
    try (Connection connection = connect(owner);
        Statement statement = connection.createStatement()) {
      if (optional(statement, "select to_regclass('" + HISTORY + "')") == null) {
        return applied;
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select version, description, success from "
                  + HISTORY
                  + " where version is not null order by installed_rank")) {
        while (rows.next()) {
          applied.add(new Applied(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
    return applied;
  }

  private Duration ahead(Statement statement) throws SQLException {
    Instant sent = clock.instant();
    try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      Instant theirs = row.getTimestamp(1).toInstant();
      Duration way = Duration.between(sent, clock.instant());
      return Duration.between(sent.plus(way.dividedBy(2)), theirs);
    }
  }

  private static List<Right> excess(Statement statement) throws SQLException {
    List<Right> rights = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(EXCESS)) {
      while (rows.next()) {
        rights.add(new Right(rows.getString(1), rows.getString(2)));
      }
    }
    return rights;
  }

  private static Archive archive(Statement statement) throws SQLException {
    String mode = text(statement, "show archive_mode");
    try (ResultSet row =
        statement.executeQuery(
            "select last_archived_time, last_failed_time, last_failed_wal"
                + " from pg_stat_archiver")) {
      row.next();
      return new Archive(
          mode, instant(row.getTimestamp(1)), instant(row.getTimestamp(2)), row.getString(3));
    }
  }

  private static Queues queues(Statement statement) throws SQLException {
    long sessions;
    Instant oldest;
    try (ResultSet row = statement.executeQuery(SESSIONS)) {
      row.next();
      sessions = row.getLong(1);
      oldest = instant(row.getTimestamp(2));
    }
    Instant read;
    try (ResultSet row = statement.executeQuery("select success_at from directory_state")) {
      row.next();
      read = instant(row.getTimestamp(1));
    }
    try (ResultSet row = statement.executeQuery(RUNS)) {
      row.next();
      return new Queues(sessions, oldest, read, row.getLong(1), row.getLong(2));
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    String value = optional(statement, query);
    return value == null ? "unknown" : value;
  }

  private static @Nullable String optional(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
