package org.hikae.admin.claim;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.hikae.admin.check.ReleaseMigrations;
import org.hikae.testing.PostgresServers;

/** A PostgreSQL with the tables and rights of this release, made by its migrations. */
final class ReleasePostgres implements AutoCloseable {

  static final String APPLICATION = "hikae_app";

  private final EmbeddedPostgres server;

  ReleasePostgres() throws IOException, SQLException {
    server = PostgresServers.forgetful().start();
    try (Connection root = as("postgres", "postgres")) {
      execute(root, "create role hikae_owner login");
      execute(root, "create role " + APPLICATION + " login");
      execute(root, "create database hikae owner hikae_owner");
    }
    try (Connection owner = asOwner()) {
      for (String migration : ReleaseMigrations.packedTexts()) {
        execute(owner, migration.replace("${appUser}", APPLICATION));
      }
    }
  }

  private Connection as(String user, String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl(user, database));
  }

  Connection asOwner() throws SQLException {
    return as("hikae_owner", "hikae");
  }

  Connection asApplication() throws SQLException {
    return as(APPLICATION, "hikae");
  }

  /** Does something as the server's administrator. */
  void administer(String sql) throws SQLException {
    try (Connection root = as("postgres", "hikae")) {
      execute(root, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
