package org.hikae.schema.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings the schema up to date over the owner's datasource. Afterwards the application's login
 * exists and has exactly the rights that the migrations grant: no UPDATE or DELETE on audit and
 * consent rows.
 */
public final class Migrations {

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** Ran on the database and unknown here, with a number above all that are known. */
  private static final Set<MigrationState> LATER =
      Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

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

  /**
   * Runs what is missing and returns the number of migrations that ran.
   *
   * @throws IllegalStateException when the database has migrations of a later release, or others
   *     than this portal under the same numbers; nothing is changed then
   */
  public int run() throws SQLException {
    String vendor = vendor();
    if (vendor.equals("h2")) {
      makeDurableOnH2();
      makeLoginOnH2();
    }
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(ownerDataSource)
            .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
            .failOnMissingLocations(true)
            .placeholders(Map.of("appUser", appUser))
            .load();
    requireNotLater(flyway.info());
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayValidateException e) {
      throw new IllegalStateException(
          "The migrations that ran on this database are not those of this portal; nothing was"
              + " changed. "
              + e.getMessage(),
          e);
    }
  }

  /** By itself Flyway passes over what a later release has done. */
  private static void requireNotLater(MigrationInfoService info) {
    String later =
        Arrays.stream(info.all())
            .filter(migration -> LATER.contains(migration.getState()))
            .map(Migrations::label)
            .collect(Collectors.joining(", "));
    if (!later.isEmpty()) {
      String last =
          Arrays.stream(info.all())
              .filter(migration -> migration.getVersion() != null)
              .filter(migration -> !LATER.contains(migration.getState()))
              .reduce((before, after) -> after)
              .map(Migrations::label)
              .orElse("nothing");
      throw new IllegalStateException(
          "The database has the schema of a later Hikae: "
              + later
              + ". This portal knows it up to "
              + last
              + " and has changed nothing. Install the later release again, or restore the base"
              + " backup from before the upgrade (docs/admin/upgrade.md).");
    }
  }

  private static String label(MigrationInfo migration) {
    return "V" + migration.getVersion() + " (" + migration.getDescription() + ")";
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
