package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.PostgresServers;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * V027 moves the bytes of a portal that has been at work into pages, and loses none; V032 counts
 * what employees already have.
 */
@FullRunOnly
class CiphertextPagesMigrationTest {

  private static final String APP = "hikae_app";

  /** Around what a page holds, and the largest object there is. */
  private static final int[] SIZES = {
    0, 1, 8119, 8120, 8121, 16_239, 16_240, 16_241, 1_000_000, 8_388_608, 25_165_824
  };

  @Test
  void objects_of_every_size_are_the_same_after_it() throws Exception {
    try (EmbeddedPostgres server = PostgresServers.forgetful().start()) {
      DataSource owner = server.getPostgresDatabase();
      execute(owner, "create role " + APP + " login password '" + APP + "'");
      migrateTo(owner, "026");
      fillIn(owner);
      Map<ObjectKey, byte[]> before = new LinkedHashMap<>();
      for (int repository = 1; repository <= 2; repository++) {
        for (int size : SIZES) {
          byte[] bytes = new byte[size];
          new Random(size + repository).nextBytes(bytes);
          ObjectKey key = new ObjectKey(repository, Hash256.sha256(bytes));
          insert(owner, key, bytes);
          before.put(key, bytes);
        }
      }

      assertThat(new Migrations(owner, APP, APP).run()).isPositive();
      assertThat(liveBytes(owner)).isEqualTo(100);

      PGSimpleDataSource application = new PGSimpleDataSource();
      application.setUrl(server.getJdbcUrl(APP, "postgres"));
      application.setPassword(APP);
      DatabaseCiphertextStore store = new DatabaseCiphertextStore(application);
      for (Map.Entry<ObjectKey, byte[]> object : before.entrySet()) {
        int size = object.getValue().length;
        assertThat(store.size(object.getKey())).as("%d", size).hasValue(size);
        assertThat(read(store, object.getKey(), size)).as("%d", size).isEqualTo(object.getValue());
      }
    }
  }

  /** What V032 has counted for the one employee, who has two repositories. */
  private static long liveBytes(DataSource owner) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select live_bytes from storage_use where employee_id = 1 and held_bytes = 0")) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private static byte[] read(DatabaseCiphertextStore store, ObjectKey key, int size)
      throws IOException {
    try (InputStream bytes = store.open(key, 0, size).orElseThrow()) {
      return bytes.readAllBytes();
    }
  }

  private static void migrateTo(DataSource owner, String version) {
    Flyway.configure(CiphertextPagesMigrationTest.class.getClassLoader())
        .dataSource(owner)
        .locations("classpath:db/migration", "classpath:db/vendor/postgresql")
        .placeholders(Map.of("appUser", APP))
        // What repeats speaks of the schema as it is now; the former one had none of it.
        .repeatableSqlMigrationPrefix("None")
        .target(version)
        .load()
        .migrate();
  }

  /** One employee with two repositories. */
  private static void fillIn(DataSource owner) throws SQLException {
    execute(
        owner,
        "insert into employee (issuer, subject, username, display_name, state, first_seen_at)"
            + " values ('i', 's', 'ann', 'Ann', 'ENABLED', now())");
    execute(
        owner,
        "insert into device (device_id, employee_id, name, platform, agent_version, public_key,"
            + " state, enrolled_at) values ('d', 1, 'laptop', 'Linux', '1', '', 'ACTIVE', now())");
    for (String set : new String[] {"first", "second"}) {
      execute(
          owner,
          "insert into backup_set (set_id, employee_id, generation, state, created_by_device,"
              + (" created_at) values ('" + set + "', 1, 1, 'ACTIVE', 'd', now())"));
      execute(
          owner,
          "insert into repository (set_id, employee_id, object_count, stored_bytes, created_at)"
              + (" values ('" + set + "', 1, 3, 50, now())"));
    }
  }

  private static void insert(DataSource owner, ObjectKey key, byte[] bytes) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into ciphertext (repository_id, name, bytes) values (?, ?, ?)")) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setBytes(3, bytes);
      insert.executeUpdate();
    }
  }

  private static void execute(DataSource owner, String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
