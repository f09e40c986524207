package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.PostgresServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that may forget what it committed is refused by the name of the setting at fault. */
@EveryThirdRun
class DurabilityTest {

  /** As the portal opens it (configure.cli). */
  private static final String SETTINGS = ";QUERY_CACHE_SIZE=0;MAX_COMPACT_TIME=0";

  private static final String APP = "hikae_app";

  /** Where the servers have their files, one after the other; making them takes longest. */
  @TempDir private static Path data;

  @TempDir private Path folder;

  @Test
  void a_postgresql_server_that_forces_nothing_to_its_disk_is_refused() throws IOException {
    requireRefused("fsync");
  }

  @FullRunOnly
  @ParameterizedTest
  @ValueSource(strings = {"full_page_writes", "synchronous_commit"})
  void a_postgresql_server_that_may_forget_otherwise_is_refused(String setting) throws IOException {
    requireRefused(setting);
  }

  private static void requireRefused(String setting) throws IOException {
    try (EmbeddedPostgres server = postgres(setting, "off")) {
      assertThatThrownBy(() -> Durability.require(server.getPostgresDatabase()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("PostgreSQL runs with " + setting + "=off,")
          .hasMessageEndingWith(".")
          .message()
          .containsOnlyOnce("runs with");
    }
  }

  @Test
  void whatever_a_login_waits_for_will_do_but_not_nothing() throws IOException {
    try (EmbeddedPostgres server = postgres("synchronous_commit", "on")) {
      for (String value : new String[] {"on", "local", "remote_write", "remote_apply"}) {
        assertThatCode(() -> Durability.require(login(server, value)))
            .as(value)
            .doesNotThrowAnyException();
      }
      assertThatThrownBy(() -> Durability.require(login(server, "off")))
          .hasMessageContaining("synchronous_commit=off");
    }
  }

  @Test
  void h2_is_durable_once_the_migrations_ran() throws Exception {
    String url = h2Url() + SETTINGS;
    new Migrations(h2(url, "hikae_owner"), APP, APP).run();
    assertThatCode(() -> Durability.require(h2(url, APP))).doesNotThrowAnyException();
  }

  @Test
  void an_owner_who_makes_h2_write_later_is_refused() throws Exception {
    String url = h2Url() + SETTINGS;
    new Migrations(h2(url + ";WRITE_DELAY=500", "hikae_owner"), APP, APP).run();
    assertThatThrownBy(() -> Durability.require(h2(url, APP)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("H2 runs with WRITE_DELAY=500, so a crash could lose");
  }

  @Test
  void an_h2_that_gives_rows_again_which_it_has_read_before_is_refused() throws Exception {
    new Migrations(h2(h2Url() + ";MAX_COMPACT_TIME=0", "hikae_owner"), APP, APP).run();
    assertThatThrownBy(() -> Durability.require(h2(h2Url() + SETTINGS, APP)))
        .as("who opens the file decides, not who comes later")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("H2 runs with QUERY_CACHE_SIZE=8, so what others have committed");
  }

  @Test
  void an_h2_that_moves_what_it_has_when_it_is_stopped_is_refused() throws Exception {
    new Migrations(h2(h2Url() + ";QUERY_CACHE_SIZE=0", "hikae_owner"), APP, APP).run();
    assertThatThrownBy(() -> Durability.require(h2(h2Url() + SETTINGS, APP)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("H2 runs with MAX_COMPACT_TIME=200, so a stop could lose");
  }

  private String h2Url() {
    return "jdbc:h2:" + folder.resolve("hikae");
  }

  /** The defaults of PostgreSQL, which are not those of the library, but for one. */
  private static EmbeddedPostgres postgres(String setting, String value) throws IOException {
    return PostgresServers.durable()
        .setDataDirectory(data.resolve("pg"))
        .setCleanDataDirectory(false)
        .setServerConfig(setting, value)
        .start();
  }

  private static DataSource login(EmbeddedPostgres server, String synchronousCommit) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.getJdbcUrl("postgres", "postgres"));
    source.setOptions("-c synchronous_commit=" + synchronousCommit);
    return source;
  }

  private static JdbcDataSource h2(String url, String user) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword(user);
    return source;
  }
}
