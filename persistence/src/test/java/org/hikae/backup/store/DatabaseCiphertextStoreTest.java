package org.hikae.backup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.hikae.testing.People;
import org.hikae.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The database's store on both databases. */
class DatabaseCiphertextStoreTest {

  @Nested
  class On_h2 extends OnADatabase {
    @Override
    TestDatabase start() throws IOException, SQLException {
      return TestDatabase.h2(Files.createTempDirectory("hikae-store"));
    }
  }

  @Nested
  class On_postgresql extends OnADatabase {
    @Override
    TestDatabase start() throws IOException, SQLException {
      return TestDatabase.postgres();
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class OnADatabase extends CiphertextStoreContract {

    private TestDatabase database;
    private ThreadTransactions transactions;
    private CiphertextStore store;

    abstract TestDatabase start() throws IOException, SQLException;

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
