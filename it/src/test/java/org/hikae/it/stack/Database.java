package org.hikae.it.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The portal's database of one stack, with the two logins that production has. */
public final class Database implements AutoCloseable {

  /** The databases that the portal supports. */
  public enum Kind {
    H2,
    POSTGRESQL
  }

  private static final String OWNER = "hikae_owner";
  private static final String OWNER_PASSWORD = "owner-of-the-test";
  private static final String APP = "hikae_app";
  private static final String APP_PASSWORD = "app-of-the-test";

  private final Kind kind;
  private final Path folder;
  private final String url;
  private final @Nullable EmbeddedPostgres postgres;

  private Database(Kind kind, Path folder, String url, @Nullable EmbeddedPostgres postgres) {
    this.kind = kind;
    this.folder = folder;
    this.url = url;
    this.postgres = postgres;
  }

  static Database start(Kind kind, Path folder) throws IOException, SQLException {
    if (kind == Kind.H2) {
      // AUTO_SERVER lets a test look into the file while the portal has it open.
      return new Database(
          kind, folder, "jdbc:h2:" + folder.resolve("hikae") + ";AUTO_SERVER=TRUE", null);
    }
    EmbeddedPostgres postgres = durablePostgres().setDataDirectory(folder.toFile()).start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      prepare(connection);
    }
    return new Database(
        kind, folder, "jdbc:postgresql://localhost:" + postgres.getPort() + "/hikae", postgres);
  }

  /** Makes both logins and the database, as the admin guide tells it. */
  private static void prepare(Connection administrator) throws SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute("create role " + OWNER + " login password '" + OWNER_PASSWORD + "'");
      statement.execute("create role " + APP + " login password '" + APP_PASSWORD + "'");
      statement.execute("create database hikae owner " + OWNER);
    }
  }

  /** A new portal's database on a PostgreSQL server that a test runs for itself. */
  public static Database onServer(Path folder, int port, Connection administrator)
      throws SQLException {
    prepare(administrator);
    return new Database(
        Kind.POSTGRESQL, folder, "jdbc:postgresql://127.0.0.1:" + port + "/hikae", null);
  }

  /**
   * PostgreSQL with its own defaults; those of this library may forget, which the portal refuses.
   */
  public static EmbeddedPostgres.Builder durablePostgres() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on");
  }

  /** The folder with the database's files. */
  public Path folder() {
    return folder;
  }

  public Kind kind() {
    return kind;
  }

  /** The address as the portal has it. */
  public String url() {
    return url;
  }

  /** A connection with the application's rights. */
  public Connection asApplication() throws SQLException {
    return DriverManager.getConnection(url, APP, APP_PASSWORD);
  }

  /** A connection with the owner's rights, for looking at what the application may not see. */
  public Connection asOwner() throws SQLException {
    return DriverManager.getConnection(url, OWNER, OWNER_PASSWORD);
  }

  Map<String, String> environment() {
    return Map.of(
        "HIKAE_DB_KIND",
        kind == Kind.H2 ? "H2" : "PostgreSQL",
        "HIKAE_DB_URL",
        url,
        "HIKAE_DB_USER",
        APP,
        "HIKAE_DB_PASSWORD",
        APP_PASSWORD,
        "HIKAE_DB_OWNER_USER",
        OWNER,
        "HIKAE_DB_OWNER_PASSWORD",
        OWNER_PASSWORD);
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
