package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import org.hikae.testing.People;
import org.hikae.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The database's store on both databases. */
public class DatabaseCiphertextStoreTest {

  /** A function for H2, which has none that changes a byte. */
  public static byte[] flipped(byte[] bytes) {
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  @Nested
  class On_h2 extends OnADatabase {
    @Override
    TestDatabase start() throws IOException, SQLException {
      TestDatabase made = TestDatabase.h2(Files.createTempDirectory("hikae-store"));
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
    List<String> statements(Harm harm) {
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
    TestDatabase start() throws IOException, SQLException {
      return TestDatabase.postgres();
    }

    @Override
    List<String> statements(Harm harm) {
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
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class OnADatabase extends CiphertextStoreContract {

    private TestDatabase database;
    private ThreadTransactions transactions;
    private CiphertextStore store;

    abstract TestDatabase start() throws IOException, SQLException;

    /** Statements of the owner, each with repository and name as parameters. */
    abstract List<String> statements(Harm harm);

    @Override
    void harm(ObjectKey key, Harm harm) throws SQLException {
      try (Connection connection = database.owner().getConnection()) {
        for (String sql : statements(harm)) {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key.repositoryId());
            statement.setBytes(2, key.name().toBytes());
            assertThat(statement.executeUpdate()).isPositive();
          }
        }
      }
    }

    @BeforeAll
    void open() throws IOException, SQLException {
      database = start();
      transactions = new ThreadTransactions(database.application());
      store = new DatabaseCiphertextStore(transactions);
    }

    @AfterAll
    void stop() throws IOException {
      database.shutDown();
    }

    @Override
    CiphertextStore store() {
      return store;
    }

    @Override
    long newRepository() {
      return database.inTransaction(em -> People.person(em, "Sender").repositoryId());
    }

    @Override
    <T> T inTransaction(Callable<T> work) throws Exception {
      try (Connection connection = transactions.begin()) {
        T result = work.call();
        connection.commit();
        return result;
      } finally {
        transactions.end();
      }
    }
  }
}
