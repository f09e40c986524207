package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The database's store on both databases. */
@EveryThirdRun
public class DatabaseCiphertextStoreTest {

  /** A function for H2, which has none that changes a byte. */
  public static byte[] flipped(byte[] bytes) {
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  @Nested
  class On_h2 extends OnADatabase {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      TestDatabase made = TestDatabase.h2(folder);
      try (Connection connection = made.owner().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create alias flipped for \""
                + DatabaseCiphertextStoreTest.class.getName()
                + ".flipped\"");
      }
      return made;
    }

    @Override
    List<String> statements(DiskDamage harm) {
      String here = " where repository_id = ? and name = ?";
      return switch (harm) {
        case FLIPPED -> List.of("update ciphertext set bytes = flipped(bytes)" + here);
        case CUT -> List.of("update ciphertext set bytes = x'0102'" + here);
        case GONE -> List.of("delete from ciphertext" + here);
      };
    }
  }

  @Nested
  class On_postgresql extends OnADatabase {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.postgres();
    }

    /**
     * What collection deletes makes room for later objects without any help but autovacuum's, which
     * is asked here by name so that the test need not wait for it.
     */
    @EveryThirdRun
    @Test
    void later_objects_take_the_place_of_deleted_ones() throws Exception {
      long repository = newRepository();
      for (int i = 0; i < OBJECTS; i++) {
        stored(repository, i);
      }
      long filled = pagesBytes();
      inTransaction(
          () -> {
            for (int i = 0; i < OBJECTS; i++) {
              assertThat(store().delete(key(repository, i))).isTrue();
            }
            return null;
          });
      try (Connection connection = database.owner().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("vacuum (truncate off) ciphertext_page");
      }
      // The files stay as they are, but for a page of the visibility map.
      assertThat(pagesBytes()).isBetween(filled, filled + 16 * 8192);
      for (int i = OBJECTS; i < 2 * OBJECTS; i++) {
        stored(repository, i);
      }
      long again = pagesBytes();
      System.out.printf(
          Locale.ROOT, "ciphertext_page: %,d bytes filled, %,d after reuse%n", filled, again);
      assertThat(again).isLessThan(filled + OBJECTS * (long) OBJECT_BYTES / 20);
    }

    /** What else there is keeps its place. */
    @Test
    void lost_pages_read_as_zeros_in_their_place() throws Exception {
      long repository = newRepository();
      stored(repository, 0);
      ObjectKey key = key(repository, 0);
      damage(
          database,
          key,
          List.of(
              "delete from ciphertext_page where number in (3, 128) and ciphertext_id = (select"
                  + " ciphertext_id from ciphertext where repository_id = ? and name = ?)"));
      byte[] left = content(0);
      for (int lost : new int[] {3, 128}) {
        Arrays.fill(
            left, lost * PageLayout.PAGE_BYTES, (lost + 1) * PageLayout.PAGE_BYTES, (byte) 0);
      }
      for (int offset : new int[] {0, 1, 3 * PageLayout.PAGE_BYTES, 4 * PageLayout.PAGE_BYTES}) {
        try (InputStream bytes = store().open(key, offset, OBJECT_BYTES - offset).orElseThrow()) {
          assertThat(bytes.readAllBytes())
              .isEqualTo(Arrays.copyOfRange(left, offset, OBJECT_BYTES));
        }
      }
    }

    private static final int OBJECTS = 20;
    private static final int OBJECT_BYTES = 1024 * 1024;

    private static byte[] content(int number) {
      byte[] bytes = new byte[OBJECT_BYTES];
      new Random(number).nextBytes(bytes);
      return bytes;
    }

    private static ObjectKey key(long repository, int number) {
      return new ObjectKey(repository, Hash256.sha256(content(number)));
    }

    private void stored(long repository, int number) throws Exception {
      byte[] bytes = content(number);
      assertThat(inTransaction(() -> store().put(key(repository, number), bytes))).isTrue();
    }

    private long pagesBytes() throws SQLException {
      try (Connection connection = database.owner().getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select pg_total_relation_size('ciphertext_page')")) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }

    @Override
    List<String> statements(DiskDamage harm) {
      return onPages(harm);
    }
  }

  /** Statements for PostgreSQL that do what a disk does. */
  static List<String> onPages(CiphertextStoreContract.DiskDamage harm) {
    String its =
        "ciphertext_id ="
            + " (select ciphertext_id from ciphertext where repository_id = ? and name = ?)";
    return switch (harm) {
      case FLIPPED ->
          List.of(
              "update ciphertext_page set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1)"
                  + " where number = 3 and "
                  + its);
      case CUT -> List.of("delete from ciphertext_page where number > 3 and " + its);
      case GONE ->
          List.of(
              "delete from ciphertext_page where " + its,
              "delete from ciphertext where repository_id = ? and name = ?");
    };
  }

  /** Executes statements of the owner, each with repository and name as parameters. */
  static void damage(TestDatabase database, ObjectKey key, List<String> statements)
      throws SQLException {
    try (Connection connection = database.owner().getConnection()) {
      for (String sql : statements) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setLong(1, key.repositoryId());
          statement.setBytes(2, key.name().toBytes());
          assertThat(statement.executeUpdate()).isPositive();
        }
      }
    }
  }

  abstract static class OnADatabase extends CiphertextStoreTestBase {

    private CiphertextStore store;

    /** Statements of the owner, each with repository and name as parameters. */
    abstract List<String> statements(DiskDamage harm);

    @Override
    void harm(ObjectKey key, DiskDamage harm) throws SQLException {
      damage(database, key, statements(harm));
    }

    @Override
    void openStore(Path directory) {
      store = new DatabaseCiphertextStore(transactions);
    }

    @Override
    CiphertextStore store() {
      return store;
    }
  }
}
