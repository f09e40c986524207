package org.hikae.vault.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.PostgresServers;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on PostgreSQL, as a user that may do no more than own its schema. */
@EveryThirdRun
class PostgresqlVaultStoreTest extends JdbcVaultStoreContract {

  private static final String USER = "hikae_vault";
  private static final String PASSWORD = "not-to-be-seen";

  private static EmbeddedPostgres server;
  private static int schemas;

  private String schema;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServers.durable().start();
    makeUser(server);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static void makeUser(EmbeddedPostgres on) throws SQLException {
    asSuperuser(on, "CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
  }

  private static void asSuperuser(EmbeddedPostgres on, String sql) throws SQLException {
    try (Connection connection = on.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  void makeDatabase() throws SQLException {
    schemas++;
    schema = "vault_" + schemas;
    asSuperuser(server, "CREATE SCHEMA " + schema + " AUTHORIZATION " + USER);
  }

  private String url(EmbeddedPostgres on) {
    return "jdbc:postgresql://localhost:" + on.getPort() + "/postgres?currentSchema=" + schema;
  }

  @Override
  VaultStore process(byte[] rootCheck) {
    return JdbcVaultStore.postgresql(url(server), USER, secret(PASSWORD), rootCheck);
  }

  private static SecretBytes secret(String password) {
    return SecretBytes.copyOf(bytes(password));
  }

  /** Returns when the server has ended the session: then the lock is free. */
  @Override
  void cut(VaultStore holder) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet ended =
          statement.executeQuery(
              "SELECT bool_and(pg_terminate_backend(pid, 20000)), count(*) FROM pg_locks"
                  + " WHERE locktype = 'advisory' AND granted")) {
        ended.next();
        assertThat(ended.getBoolean(1)).isTrue();
        assertThat(ended.getInt(2)).isEqualTo(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  List<String> childArguments() {
    return List.of("postgresql", url(server), USER, PASSWORD);
  }

  @Override
  void tamper(String sql) throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + schema);
      statement.execute(sql);
    }
  }

  @Override
  String hex(String digits) {
    return "'\\x" + digits + "'::bytea";
  }

  @Test
  void two_schemas_are_two_vaults() throws Exception {
    makeDatabase();
    VaultStore other = another();
    assertThat(other.lease()).isTrue();
    assertThat(store.lease()).isTrue();
    write(store, rows -> rows.putNote("n", bytes("x")));
    write(other, rows -> assertThat(rows.note("n")).isEmpty());
  }

  @Test
  void the_vault_s_user_owns_its_tables() throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet owners =
            statement.executeQuery(
                "SELECT count(*), count(*) FILTER (WHERE tableowner = '"
                    + USER
                    + "') FROM pg_tables WHERE schemaname = '"
                    + schema
                    + "'")) {
      owners.next();
      assertThat(owners.getInt(1)).isEqualTo(5);
      assertThat(owners.getInt(2)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "local", "remote_write"})
  void commits_that_the_server_might_lose_are_not_begun(String setting) throws Exception {
    store.close();
    asSuperuser(server, "ALTER ROLE " + USER + " SET synchronous_commit = " + setting);
    try {
      VaultStore second = another();
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(second::lease)
          .withMessageContaining("setting synchronous_commit is " + setting);
    } finally {
      asSuperuser(server, "ALTER ROLE " + USER + " RESET synchronous_commit");
    }
  }

  /** One server with one after the other: making its files takes longest. */
  @Test
  void a_server_that_does_not_force_its_disk_is_refused(@TempDir Path folder) throws Exception {
    for (String setting : List.of("fsync", "full_page_writes")) {
      try (EmbeddedPostgres careless =
          PostgresServers.durable()
              .setDataDirectory(folder.resolve("pg"))
              .setCleanDataDirectory(false)
              .setServerConfig(setting, "off")
              .start()) {
        asSuperuser(careless, "DROP ROLE IF EXISTS " + USER);
        makeUser(careless);
        try (VaultStore there =
            JdbcVaultStore.postgresql(url(careless), USER, secret(PASSWORD), ROOT_CHECK)) {
          assertThatExceptionOfType(UnavailableException.class)
              .isThrownBy(there::lease)
              .withMessageContaining("setting " + setting + " is off");
        }
      }
    }
  }

  @Test
  void a_user_without_a_schema_is_told_so() {
    schema = "nowhere";
    VaultStore second = another();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(second::lease)
        .withMessageContaining("no schema");
  }

  @Test
  void a_server_that_is_not_there_is_an_outage_that_shows_no_password() {
    VaultStore nowhere =
        JdbcVaultStore.postgresql(
            "jdbc:postgresql://localhost:1/postgres", USER, secret(PASSWORD), ROOT_CHECK);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(nowhere::lease)
        .satisfies(e -> assertThat(text(e)).contains("cannot be opened").doesNotContain(PASSWORD));
    nowhere.close();
    unavailable(nowhere::lease);
  }

  @Test
  void a_wrong_password_is_not_shown() throws Exception {
    asSuperuser(server, "CREATE ROLE nobody NOLOGIN PASSWORD '" + PASSWORD + "'");
    try (VaultStore refused =
        JdbcVaultStore.postgresql(url(server), "nobody", secret("wrong-one"), ROOT_CHECK)) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(refused::lease)
          .satisfies(e -> assertThat(text(e)).doesNotContain("wrong-one"));
    }
  }

  private static String text(Throwable failure) {
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/vault?password=x",
        "jdbc:postgresql://db/vault?user=u&PASSWORD=x",
        "jdbc:postgresql://db/vault?ssl=true&sslpassword=x",
        "jdbc:h2:mem:x",
      })
  void a_url_with_a_password_or_of_another_database_is_refused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcVaultStore.postgresql(url, USER, secret("p"), ROOT_CHECK));
  }
}
