package org.hikae.persistence.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.hikae.schema.store.Durability;
import org.hikae.schema.store.Migrations;
import org.hikae.testing.PostgresServers;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database. {@link #application} is the login that the portal works with and has only
 * the rights that the migrations grant, so a forgotten grant fails a test.
 */
public final class TestDatabase {

  private static final String APP = "hikae_app";
  private static final String H2_FILE = "hikae.mv.db";
  private static final SharedSessionFactory ON_H2 = new SharedSessionFactory();
  private static final SharedSessionFactory ON_POSTGRESQL = new SharedSessionFactory();

  private final DataSource owner;
  private final DataSource application;
  private final Closeable stop;
  private final SharedSessionFactory sessions;

  private TestDatabase(
      DataSource owner, DataSource application, SharedSessionFactory sessions, Closeable stop) {
    this.owner = owner;
    this.application = application;
    this.sessions = sessions;
    this.stop = stop;
  }

  /**
   * H2, in a file as in the portal, new or as it was left there. A new one is a copy of the one
   * that this process migrated.
   */
  public static TestDatabase h2(Path directory) throws IOException, SQLException {
    JdbcDataSource owner = h2(h2Url(directory), "hikae_owner");
    if (Files.exists(directory.resolve(H2_FILE))) {
      // As the portal does at each start; what makes H2 durable is set there.
      migrate(owner);
    } else {
      Files.createDirectories(directory);
      Files.copy(MigratedH2.file(), directory.resolve(H2_FILE));
    }
    JdbcConnectionPool pool = h2Application(directory);
    Durability.require(pool);
    return new TestDatabase(
        owner,
        pool,
        ON_H2,
        () -> {
          pool.dispose();
          shutDown(owner);
        });
  }

  /** Migrated once: it takes longer than most tests. */
  private static final class MigratedH2 {

    private static final Path FOLDER = migrated();

    static Path file() {
      return FOLDER.resolve(H2_FILE);
    }

    private static Path migrated() {
      try {
        Path folder = Files.createTempDirectory("hikae-migrated");
        JdbcDataSource owner = h2(h2Url(folder), "hikae_owner");
        migrate(owner);
        shutDown(owner);
        // The last that is named goes first.
        folder.toFile().deleteOnExit();
        folder.resolve(H2_FILE).toFile().deleteOnExit();
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static JdbcConnectionPool h2Application(Path directory) {
    JdbcConnectionPool pool = JdbcConnectionPool.create(h2(h2Url(directory), APP));
    pool.setMaxConnections(40);
    return pool;
  }

  private static void shutDown(DataSource owner) throws IOException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The portal's data sources say the same (configure.cli). */
  private static String h2Url(Path directory) {
    return "jdbc:h2:" + directory.resolve("hikae") + ";QUERY_CACHE_SIZE=0;MAX_COMPACT_TIME=0";
  }

  /** A new database on this process's PostgreSQL, a copy of the one that was migrated there. */
  public static TestDatabase postgres() throws SQLException {
    EmbeddedPostgres server = MigratedPostgres.SERVER;
    String name = "hikae_" + MigratedPostgres.MADE.incrementAndGet();
    MigratedPostgres.administer("create database " + name + " template " + MigratedPostgres.NAME);
    PGSimpleDataSource application = new PGSimpleDataSource();
    application.setUrl(server.getJdbcUrl(APP, name));
    application.setPassword(APP);
    return new TestDatabase(
        server.getDatabase("postgres", name),
        application,
        ON_POSTGRESQL,
        () -> MigratedPostgres.drop(name));
  }

  /** Started and migrated once for all; the library ends it with the process. */
  private static final class MigratedPostgres {

    static final String NAME = "hikae_migrated";
    static final EmbeddedPostgres SERVER = start();
    static final AtomicInteger MADE = new AtomicInteger();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server = PostgresServers.forgetful().start();
        execute(server, "create role " + APP + " login password '" + APP + "'");
        execute(server, "create database " + NAME);
        migrate(server.getDatabase("postgres", NAME));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static void administer(String sql) throws SQLException {
      execute(SERVER, sql);
    }

    static void drop(String name) throws IOException {
      try {
        administer("drop database " + name + " with (force)");
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private static JdbcDataSource h2(String url, String user) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword(user);
    return source;
  }

  private static void migrate(DataSource owner) throws SQLException {
    new Migrations(owner, APP, APP).run();
  }

  /** The same database, with something between the application and its login. */
  public TestDatabase by(UnaryOperator<DataSource> between) {
    return new TestDatabase(owner, between.apply(application), sessions, () -> {});
  }

  /** The owner's login. */
  public DataSource owner() {
    return owner;
  }

  /** The application's login. */
  public DataSource application() {
    return application;
  }

  /** Works in a transaction of its own: committed when {@code work} returns, else rolled back. */
  public <T> T inTransaction(Function<EntityManager, T> work) {
    try (Connection connection = application.getConnection();
        EntityManager em = sessions.open(connection, application)) {
      em.getTransaction().begin();
      try {
        T result = work.apply(em);
        em.getTransaction().commit();
        return result;
      } finally {
        if (em.getTransaction().isActive()) {
          em.getTransaction().rollback();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stops it. Not called close, because JUnit would then close it after each test it is passed to.
   */
  public void shutDown() throws IOException {
    stop.close();
  }
}
