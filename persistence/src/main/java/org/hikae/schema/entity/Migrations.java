package org.hikae.schema.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date over the owner's datasource. Afterwards the application's login
 * exists and has exactly the rights that the migrations grant: no UPDATE or DELETE on audit and
 * consent rows.
 */
public final class Migrations {

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final DataSource ownerDataSource;
  private final String appUser;
  private final String appPassword;

  /**
   * Prepares a run.
   *
   * @param ownerDataSource connects as the owner of the schema
   * @param appUser name of the application's login
   * @param appPassword its password; used only on H2, where the owner makes the login
   */
  public Migrations(DataSource ownerDataSource, String appUser, String appPassword) {
    if (!PLAIN_NAME.matcher(appUser).matches()) {
      throw new IllegalArgumentException(
          "The application's login must be a plain lowercase SQL name of at most 63 characters.");
    }
    this.ownerDataSource = ownerDataSource;
    this.appUser = appUser;
    this.appPassword = appPassword;
  }

  /** Runs what is missing and returns the number of migrations that ran. */
  public int run() throws SQLException {
    String vendor = vendor();
    if (vendor.equals("h2")) {
      makeDurableOnH2();
      makeLoginOnH2();
    }
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(ownerDataSource)
        .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
        .failOnMissingLocations(true)
        .placeholders(Map.of("appUser", appUser))
        .load()
        .migrate()
        .migrationsExecuted;
  }

  private String vendor() throws SQLException {
    try (Connection connection = ownerDataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * By default H2 writes commits half a second late, and what a killed portal had acknowledged
   * meanwhile is gone. H2 keeps the setting in the file but does not follow it after opening the
   * file, and only the owner may change it; so each start sets it, and the file stays open until
   * the process ends. Sessions that queue for an employee's rows wait the given milliseconds.
   */
  private void makeDurableOnH2() throws SQLException {
    try (Connection connection = ownerDataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set db_close_delay -1");
      statement.execute("set write_delay 0");
      statement.execute("set default_lock_timeout 20000");
    }
  }

  /** H2 keeps its logins inside the database file, so nobody could have made this one before. */
  private void makeLoginOnH2() throws SQLException {
    String literal = "'" + appPassword.replace("'", "''") + "'";
    try (Connection connection = ownerDataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create user if not exists " + appUser + " password " + literal);
      statement.execute("alter user " + appUser + " set password " + literal);
    }
  }
}
