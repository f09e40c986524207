package org.hikae.admin.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.hikae.admin.site.JdbcSiteRebuild.SecondPlace;
import org.hikae.admin.site.JdbcSiteRebuild.SiteRebuildResult;
import org.hikae.testing.PostgresServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Copies become objects in the tables that the portals' own migrations make. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcSiteRebuildTest {

  private EmbeddedPostgres server;
  private Connection connection;
  private JdbcSiteRebuild rebuild;

  @BeforeAll
  void start() throws IOException, SQLException {
    server = PostgresServers.forgetful().start();
    connection = server.getPostgresDatabase().getConnection();
    rebuild = new JdbcSiteRebuild(connection);
    execute("create table repository (repository_id bigint primary key)");
    execute("create table stored_object (repository_id bigint, name bytea)");
    execute("create table ciphertext (repository_id bigint, name bytea)");
    execute("insert into repository values (7)");
    for (String migration :
        new String[] {
          "V070__Keep_ciphertext_in_files.sql",
          "V072__Keep_ciphertext_in_a_bucket.sql",
          "V085__Move_ciphertext_between_stores.sql",
          "V090__Copy_ciphertext_to_a_second_store.sql"
        }) {
      execute(text("/db/migration/" + migration).replace("${appUser}", "postgres"));
    }
  }

  private static String text(String migration) throws IOException {
    try (InputStream text =
        Objects.requireNonNull(JdbcSiteRebuildTest.class.getResourceAsStream(migration))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  void stop() throws IOException, SQLException {
    connection.close();
    server.close();
  }

  /** A first store in a bucket, with objects 1 to 3; copies of 1 and 2; 4 lies in the database. */
  @BeforeEach
  void begin() throws SQLException {
    for (String table :
        new String[] {
          "ciphertext_portal",
          "ciphertext_file",
          "ciphertext_folder",
          "ciphertext_object",
          "ciphertext_deletion",
          "ciphertext_bucket",
          "ciphertext_copy",
          "ciphertext_copy_deletion",
          "ciphertext_copy_place",
          "ciphertext_copy_due",
          "stored_object",
          "ciphertext"
        }) {
      execute("delete from " + table);
    }
    for (int object = 1; object <= 4; object++) {
      execute("insert into stored_object values (7, '\\x0" + object + "')");
    }
    execute("insert into ciphertext values (7, '\\x04')");
    for (int object = 1; object <= 3; object++) {
      execute("insert into ciphertext_object values (7, '\\x0" + object + "', 100, 0)");
    }
    execute("insert into ciphertext_bucket values (1, 'first')");
    execute("insert into ciphertext_deletion values (7, '\\x05', now())");
    execute("insert into ciphertext_copy values (7, '\\x01', 100, 0), (7, '\\x02', 100, 1)");
    execute("insert into ciphertext_copy_place values (1, 'second')");
    execute("insert into ciphertext_copy_deletion values (7, '\\x06', now())");
    execute(
        "insert into ciphertext_copy_due"
            + " (repository_id, name, urgent, erases, queued_at, try_at, attempts)"
            + " values (7, '\\x03', true, false, now(), now(), 0)");
    execute("update ciphertext_move set target = 'S3'");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String asked(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void requireNoCopies() throws SQLException {
    for (String table :
        new String[] {
          "ciphertext_copy",
          "ciphertext_copy_deletion",
          "ciphertext_copy_place",
          "ciphertext_copy_due"
        }) {
      assertThat(asked("select count(*) from " + table)).as(table).isEqualTo("0");
    }
    assertThat(asked("select target from ciphertext_move")).isEqualTo("null");
  }

  @Test
  void copies_in_a_bucket_become_objects_and_what_has_none_is_counted() throws Exception {
    assertThat(rebuild.rebuild(SecondPlace.S3)).isEqualTo(new SiteRebuildResult(0, true, 2, 1));
    assertThat(
            asked(
                "select string_agg(encode(name, 'hex') || slot, ',' order by name)"
                    + " from ciphertext_object"))
        .isEqualTo("010,021");
    assertThat(asked("select mark from ciphertext_bucket")).isEqualTo("second");
    assertThat(asked("select string_agg(encode(name, 'hex'), ',') from ciphertext_deletion"))
        .isEqualTo("06");
    assertThat(asked("select count(*) from ciphertext")).as("stays").isEqualTo("1");
    requireNoCopies();
    assertThat(rebuild.rebuild(SecondPlace.S3).isDone()).as("once").isFalse();
    assertThat(asked("select count(*) from ciphertext_object")).isEqualTo("2");
  }

  @Test
  void copies_in_a_folder_become_objects() throws Exception {
    assertThat(rebuild.rebuild(SecondPlace.FILES).isDone()).isTrue();
    assertThat(asked("select count(*) from ciphertext_file")).isEqualTo("2");
    assertThat(asked("select mark from ciphertext_folder")).isEqualTo("second");
    assertThat(asked("select count(*) from ciphertext_object")).isEqualTo("0");
    assertThat(asked("select count(*) from ciphertext_bucket")).isEqualTo("0");
    requireNoCopies();
  }

  @Test
  void nothing_is_done_while_a_portal_runs() throws Exception {
    execute("insert into ciphertext_portal values ('one', 'S3', 'S3', now())");
    SiteRebuildResult result = rebuild.rebuild(SecondPlace.S3);
    assertThat(result.isDone()).isFalse();
    assertThat(result.portals()).isEqualTo(1);
    assertThat(asked("select mark from ciphertext_bucket")).isEqualTo("first");
    assertThat(asked("select count(*) from ciphertext_copy")).isEqualTo("2");
  }

  @Test
  void all_of_it_is_done_or_nothing() throws Exception {
    execute("insert into ciphertext_copy_place values (1, 'second') on conflict do nothing");
    execute("alter table ciphertext_copy_state rename to elsewhere");
    try {
      assertThatThrownBy(() -> rebuild.rebuild(SecondPlace.S3)).isInstanceOf(SQLException.class);
    } finally {
      execute("alter table elsewhere rename to ciphertext_copy_state");
    }
    assertThat(asked("select mark from ciphertext_bucket")).isEqualTo("first");
    assertThat(asked("select count(*) from ciphertext_object")).isEqualTo("3");
    assertThat(asked("select count(*) from ciphertext_copy")).isEqualTo("2");
  }
}
