package org.hikae.backup.service;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.FileCiphertextStore;
import org.hikae.backup.ciphertext.store.MovingCiphertextStore;
import org.hikae.runtime.service.Settings;

/**
 * Chooses the store that the portal uses (ADR 40): the database's, on the application's own login,
 * or files in a folder. While a folder is set, objects are found in both.
 */
@ApplicationScoped
public class CiphertextStoreProducer {

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource dataSource;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transactions;

  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private SecureRandom random;

  /**
   * Refuses settings under which stored objects would not be found.
   *
   * @throws IllegalStateException says which setting is missing
   */
  public void requireFolder() {
    if (settings.storeFolder() == null && FileCiphertextStore.isUsedBy(dataSource)) {
      throw new IllegalStateException(
          "HIKAE_STORE_FOLDER must be set as long as objects lie in files.");
    }
  }

  /** The one store of this server. */
  @Produces
  @ApplicationScoped
  CiphertextStore store() {
    DatabaseCiphertextStore database = new DatabaseCiphertextStore(dataSource);
    Path folder = settings.storeFolder();
    if (folder == null) {
      return database;
    }
    FileCiphertextStore files =
        new FileCiphertextStore(
            dataSource, folder, new JtaTransactionParticipants(transactions), clock, random);
    return settings.storesInFiles()
        ? new MovingCiphertextStore(files, database)
        : new MovingCiphertextStore(database, files);
  }
}
