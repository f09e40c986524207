package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A store that keeps the contract, with a database of its own and its transactions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CiphertextStoreTestBase extends CiphertextStoreContract {

  TestDatabase database;
  ThreadBoundTransactions transactions;

  abstract TestDatabase start(Path folder) throws IOException, SQLException;

  /**
   * Opens the store.
   *
   * @param directory where nothing is but H2's file
   */
  abstract void openStore(Path directory) throws IOException;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException, SQLException {
    database = start(directory);
    transactions = new ThreadBoundTransactions(database.application());
    openStore(directory);
  }

  @AfterAll
  void stop() throws IOException {
    database.shutDown();
  }

  @Override
  long newRepository() {
    return database.inTransaction(em -> EmployeeFixture.person(em, "Sender").repositoryId());
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
