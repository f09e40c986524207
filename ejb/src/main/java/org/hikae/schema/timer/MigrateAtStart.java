package org.hikae.schema.timer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hikae.runtime.control.Settings;
import org.hikae.schema.entity.Durability;
import org.hikae.schema.entity.Migrations;

/**
 * Runs the migrations when the portal starts, and makes sure that the database keeps what it
 * commits. If either fails the deployment fails: a portal never serves on a schema it does not
 * know, nor on a database that may forget. Everything else that runs at the start depends on this
 * bean.
 */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class MigrateAtStart {

  private static final System.Logger LOG = System.getLogger(MigrateAtStart.class.getName());

  @Resource(lookup = "java:jboss/datasources/HikaeOwnerDS")
  private DataSource ownerDataSource;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource applicationDataSource;

  @Inject private Settings settings;

  @PostConstruct
  void migrate() {
    try {
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
}
