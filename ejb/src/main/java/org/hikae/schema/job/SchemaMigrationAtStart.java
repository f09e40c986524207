package org.hikae.schema.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hikae.runtime.service.Settings;
import org.hikae.schema.store.Durability;
import org.hikae.schema.store.Migrations;

/**
 * Runs the migrations when the portal starts, and makes sure that the database keeps what it
 * commits and shows it. If either fails the deployment fails: a portal never serves on a schema it
 * does not know, nor on a database that may forget. A database that is not there yet is waited for,
 * because after a power cut it may come up later. Everything else that runs at the start depends on
 * this bean.
 */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigrationAtStart {

  private static final System.Logger LOG = System.getLogger(SchemaMigrationAtStart.class.getName());

  /** Two minutes: the server gives up a start after five. */
  private static final int MOST_TRIES = 60;

  private static final int MAX_CAUSES = 10;

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Classes of SQL states: nobody answers; the database comes up or goes down. */
  private static final List<String> AWAY = List.of("08", "57");

  @Resource(lookup = "java:jboss/datasources/HikaeOwnerDS")
  private DataSource ownerDataSource;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource applicationDataSource;

  @Inject private Settings settings;

  @PostConstruct
  void migrate() {
    settings.requireOwnPasswords();
    try {
      awaitDatabase();
      int count =
          new Migrations(ownerDataSource, settings.databaseUser(), settings.databasePassword())
              .run();
      LOG.log(System.Logger.Level.INFO, "The schema is up to date; {0} migrations ran", count);
    } catch (SQLException e) {
      throw new IllegalStateException("The schema could not be brought up to date", e);
    }
    try {
      // Only now: on H2 the migrations make the application's login.
      Durability.require(applicationDataSource);
    } catch (SQLException e) {
      throw new IllegalStateException("The application's login could not ask the database", e);
    }
  }

  private void awaitDatabase() throws SQLException {
    for (int tries = 1; ; tries++) {
      try (Connection _ = ownerDataSource.getConnection()) {
        return;
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !isAway(e)) {
          throw e;
        }
        LOG.log(System.Logger.Level.WARNING, "The database does not answer yet");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The start was interrupted", e);
      }
    }
  }

  private static boolean isAway(SQLException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(SQLException.class::isInstance)
        .map(cause -> String.valueOf(((SQLException) cause).getSQLState()))
        .anyMatch(state -> AWAY.stream().anyMatch(state::startsWith));
  }
}
