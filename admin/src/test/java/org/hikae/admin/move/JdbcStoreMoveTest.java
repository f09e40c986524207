package org.hikae.admin.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.hikae.testing.PostgresServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Orders in the tables that the portals' own migration makes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcStoreMoveTest {

  private static final String MIGRATION =
      "/org/hikae/admin/db/migration/V085__Move_ciphertext_between_stores.sql";

  private EmbeddedPostgres server;
  private Connection connection;
  private JdbcStoreMove move;

  @BeforeAll
  void start() throws IOException, SQLException {
    server = PostgresServers.forgetful().start();
    connection = server.getPostgresDatabase().getConnection();
    move = new JdbcStoreMove(connection);
    String migration;
    try (InputStream text =
        Objects.requireNonNull(JdbcStoreMoveTest.class.getResourceAsStream(MIGRATION))) {
      migration = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
    execute("create table ciphertext (name bytea)");
    execute(migration.replace("${appUser}", "postgres"));
  }

  @AfterAll
  void stop() throws IOException, SQLException {
    connection.close();
    server.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    execute("delete from ciphertext_portal");
    execute("update ciphertext_move set target = null, paused = false, passed_at = null");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void portal(String name, String stores, String age) throws SQLException {
    execute(
        "insert into ciphertext_portal values ('"
            + name
            + "', '"
            + stores
            + "', 'DATABASE', now() - interval '"
            + age
            + "')");
  }

  @Test
  void nothing_is_ordered_until_every_portal_that_runs_reaches_the_store() throws Exception {
    assertThat(move.order("S3", 5).isOrdered()).as("no portal").isFalse();
    portal("one", "DATABASE,S3", "10 seconds");
    portal("two", "DATABASE,FILES", "10 seconds");
    assertThat(move.order("S3", 5)).isEqualTo(new JdbcStoreMove.StoreMoveResult(2, 1));
    assertThat(move.read().target()).isNull();
    assertThat(move.read().isDone()).as("nothing was ordered").isTrue();
    execute("delete from ciphertext_portal where portal = 'two'");
    portal("ended", "DATABASE", "2 minutes");
    assertThat(move.order("S3", 5).isOrdered()).isTrue();
    assertThat(move.read().target()).isEqualTo("S3");
    assertThat(move.read().isDone()).isFalse();
  }

  @Test
  void the_same_order_again_keeps_what_was_done_and_another_begins_anew() throws Exception {
    portal("one", "DATABASE,FILES,S3", "1 second");
    move.order("FILES", 5);
    execute(
        "update ciphertext_move set moved_count = 7, left_count = 1, noted = true,"
            + " passed_at = now()");
    assertThat(move.read().needsHelp()).isTrue();
    move.pause(true);
    assertThat(move.read().paused()).isTrue();
    move.order("FILES", 9);
    assertThat(move.read().moved()).isEqualTo(7);
    assertThat(move.read().bytesPerSecond()).isEqualTo(9);
    assertThat(move.read().paused()).isFalse();
    move.order("DATABASE", 9);
    assertThat(move.read().moved()).isZero();
    assertThat(move.read().passedAt()).isNull();
    assertThat(move.read().needsHelp()).isFalse();
    execute("update ciphertext_move set passed_at = now()");
    assertThat(move.read().isDone()).isTrue();
  }
}
