package org.hikae.vault.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.UnavailableException;

/**
 * A schema in a PostgreSQL database. The lease is an advisory lock of the session that also
 * transacts, so the server ends it with the session and never before a commit of that session is
 * decided. Each transaction asks whether its session has the lock, so that neither a pooler nor an
 * administrator can part the two unnoticed.
 */
final class PostgresqlDatabase implements VaultDatabase {

  private static final Logger LOG = System.getLogger(PostgresqlDatabase.class.getName());
  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern PASSWORD =
      Pattern.compile("[?&][^=&]*password=", Pattern.CASE_INSENSITIVE);
  private static final String CONNECT_SECONDS = "5";

  /** Longer than a commit of the largest note takes, also on a slow disk. */
  private static final String ANSWER_SECONDS = "30";

  private static final int LOW_BITS = 32;
  private static final long LOW = 0xFFFF_FFFFL;

  private final String url;
  private final String user;
  private final SecretBytes password;
  private long key;

  PostgresqlDatabase(String url, String user, SecretBytes password) {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("The database's URL must begin with " + SCHEME);
    }
    if (PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException("The database's URL must not hold a password.");
    }
    this.url = url;
    this.user = user;
    this.password = password.copy();
  }

  @Override
  public Optional<Connection> open() throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties());
    boolean held = false;
    try (Statement statement = connection.createStatement()) {
      requirePrimary(statement);
      pin(connection, "synchronous_commit", requireDurable(connection));
      // A server that does not notice that this host is gone would keep the lease for hours.
      pin(connection, "tcp_keepalives_idle", "10");
      pin(connection, "tcp_keepalives_interval", "5");
      pin(connection, "tcp_keepalives_count", "3");
      key = keyOf(schema(statement));
      held = is(statement, "SELECT pg_try_advisory_lock(" + key + ")");
      connection.setAutoCommit(false);
      return held ? Optional.of(connection) : Optional.empty();
    } finally {
      if (!held) {
        connection.close();
      }
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    byte[] exposed = password.expose();
    properties.setProperty("password", new String(exposed, StandardCharsets.UTF_8));
    Arrays.fill(exposed, (byte) 0);
    properties.setProperty("ApplicationName", "hikae-vault");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    // The details of an error quote the row.
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  private static void requirePrimary(Statement statement) throws SQLException {
    if (is(statement, "SELECT pg_is_in_recovery()")) {
      throw new UnavailableException(
          "The vault's database is a standby; the vault needs the primary.", null);
    }
  }

  /** Returns what synchronous_commit is. */
  private static String requireDurable(Connection connection) throws SQLException {
    requireSetting(connection, "fsync", Set.of("on"));
    requireSetting(connection, "full_page_writes", Set.of("on"));
    return requireSetting(connection, "synchronous_commit", Set.of("on", "remote_apply"));
  }

  private static String requireSetting(Connection connection, String name, Set<String> right)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT current_setting(?)")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String setting = row.getString(1);
        if (!right.contains(setting)) {
          throw new UnavailableException(
              "PostgreSQL's setting "
                  + name
                  + " is "
                  + setting
                  + "; the vault loses commits unless it is on.",
              null);
        }
        return setting;
      }
    }
  }

  /** Sets for this session, whatever the server's configuration becomes. */
  private static void pin(Connection connection, String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.execute();
    }
  }

  private static String schema(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT current_schema()")) {
      row.next();
      String schema = row.getString(1);
      if (schema == null) {
        throw new UnavailableException(
            "The vault's database has no schema for the vault's user.", null);
      }
      return schema;
    }
  }

  /** PostgreSQL keeps advisory locks apart by database, so the schema's name is enough. */
  private static long keyOf(String schema) {
    byte[] hash = Hash256.sha256(Transcript.of("vault lease").add(schema).toBytes()).toBytes();
    return ByteBuffer.wrap(hash).getLong();
  }

  private static boolean is(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public boolean isHeld(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
                + " AND l.pid = pg_backend_pid() AND d.datname = current_database()"
                + " AND l.classid::bigint = ? AND l.objid::bigint = ?)")) {
      statement.setLong(1, key >>> LOW_BITS);
      statement.setLong(2, key & LOW);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** The server has forced the commit already; {@link #open} made sure. */
  @Override
  public void force(Connection connection) {
    // Nothing is left to do.
  }

  @Override
  public void forceNew(Connection connection) {
    force(connection);
  }

  /** Unlocks first: the server notices the end of a session a little later. */
  @Override
  public void shutDown(Connection connection) throws SQLException {
    try (connection) {
      unlock(connection);
    }
  }

  @Override
  public void abandon(Connection connection) {
    try (connection) {
      connection.rollback();
      unlock(connection);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The connection was lost already: {0}", e.getSQLState());
    }
  }

  private static void unlock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    }
  }

  @Override
  public void close() {
    password.close();
  }
}
