package org.hikae.it.container;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.hikae.it.Reactor;
import org.hikae.it.stack.Authority;
import org.hikae.testing.PostgresServers;
import org.hikae.testing.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Before Arquillian starts its server: makes a certificate and, when the property {@code
 * hikae.container.db} says so, PostgreSQL, and tells the server about them. Other test runs are
 * left alone.
 */
public final class ContainerSession implements LauncherSessionListener {

  private @Nullable EmbeddedPostgres postgres;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String database = System.getProperty("hikae.container.db");
    if (database == null) {
      return;
    }
    try {
      StringBuilder vm =
          new StringBuilder(
              "-Xmx640m -XX:TieredStopAtLevel=1 -Djboss.socket.binding.port-offset=900");
      Path tls = Reactor.root().resolve("it/target/container-tls-" + database);
      Authority.make(tls)
          .serverEnvironment()
          .forEach((name, value) -> vm.append(" -Denv.").append(name).append('=').append(value));
      if (Scope.ofThisRun().isShort()) {
        vm.append(" -Dhikae.scope=short");
      }
      if (database.equals("PostgreSQL")) {
        vm.append(startPostgres());
      }
      System.setProperty("hikae.container.vm", vm.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String startPostgres() throws IOException, SQLException {
    postgres = PostgresServers.durable().start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role hikae_owner login password 'hikae_owner'");
      statement.execute("create role hikae_app login password 'hikae_app'");
      statement.execute("create database hikae owner hikae_owner");
    }
    return " -Denv.HIKAE_DB_KIND=PostgreSQL -Denv.HIKAE_DB_URL=jdbc:postgresql://localhost:"
        + postgres.getPort()
        + "/hikae";
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
