package org.hikae.backup.ciphertext.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.TestDatabase;

/**
 * A process of its own that stores objects until it is killed, naming each once it is committed.
 */
final class CiphertextChildMain {

  private CiphertextChildMain() {}

  /** The store in a folder that was set up, as the portal does it at its start. */
  static FileCiphertextStore inFiles(
      ThreadBoundTransactions transactions, Path folder, Random random) {
    FileCiphertextStore store =
        new FileCiphertextStore(transactions, folder, transactions, Clock.systemUTC(), random);
    Optional<VolumeFault> fault = store.probe();
    if (fault.isPresent()) {
      throw new IllegalStateException("The folder of files: " + fault.get());
    }
    return store;
  }

  public static void main(String[] arguments) throws Exception {
    // Starts as the portal does: migrations first, then the application's login.
    TestDatabase database = TestDatabase.h2(Path.of(arguments[0]));
    ThreadBoundTransactions transactions = new ThreadBoundTransactions(database.application());
    Random random = new Random();
    CiphertextStore store =
        arguments.length > 2
            ? inFiles(transactions, Path.of(arguments[2]), random)
            : new DatabaseCiphertextStore(transactions);
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    long repositoryId = Long.parseLong(arguments[1]);
    while (true) {
      byte[] bytes = new byte[20_000];
      random.nextBytes(bytes);
      Hash256 name = Hash256.sha256(bytes);
      try (Connection connection = transactions.begin()) {
        store.put(new ObjectKey(repositoryId, name), bytes);
        connection.commit();
      } finally {
        transactions.end();
      }
      out.println(name.hex());
    }
  }
}
