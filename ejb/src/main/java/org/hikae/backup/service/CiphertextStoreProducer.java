package org.hikae.backup.service;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.bucket.store.S3Credentials;
import org.hikae.backup.bucket.store.S3Limits;
import org.hikae.backup.bucket.store.S3Location;
import org.hikae.backup.ciphertext.store.CiphertextListing;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.FileCiphertextStore;
import org.hikae.backup.ciphertext.store.MovingCiphertextStore;
import org.hikae.runtime.control.BucketAddress;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the store that the portal uses (ADR 40, ADR 49): the database's, on the application's own
 * login, files in a folder, or a bucket. While a folder or a bucket is set, objects are found
 * there, too.
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

  private @Nullable S3CiphertextStore inBucket;

  /**
   * Refuses settings under which stored objects would not be found.
   *
   * @throws IllegalStateException says which setting is missing
   */
  public void requirePlaces() {
    if (settings.storeFolder() == null && FileCiphertextStore.isUsedBy(dataSource)) {
      throw new IllegalStateException(
          "HIKAE_STORE_FOLDER must be set as long as objects lie in files.");
    }
    if (settings.bucket() == null && S3CiphertextStore.isUsedBy(dataSource)) {
      throw new IllegalStateException(
          "HIKAE_S3_BUCKET must be set as long as objects lie in a bucket, or deleted ones are to be"
              + " removed from it.");
    }
  }

  /** The one store of this server. */
  @Produces
  @ApplicationScoped
  CiphertextStore store() {
    DatabaseCiphertextStore database = new DatabaseCiphertextStore(dataSource);
    JtaTransactionParticipants participants = new JtaTransactionParticipants(transactions);
    Path folder = settings.storeFolder();
    FileCiphertextStore files =
        folder == null
            ? null
            : new FileCiphertextStore(dataSource, folder, participants, clock, random);
    BucketAddress bucket = settings.bucket();
    inBucket =
        bucket == null ? null : new S3CiphertextStore(dataSource, location(bucket), clock, random);
    return switch (settings.store()) {
      case DATABASE -> moving(moving(database, files), inBucket);
      case FILES -> moving(moving(Objects.requireNonNull(files), inBucket), database);
      case S3 -> moving(moving(Objects.requireNonNull(inBucket), files), database);
    };
  }

  /** What is in the second, if there is one, comes over into the first. */
  private static <T extends CiphertextStore & CiphertextListing> CiphertextStore moving(
      CiphertextStore present, @Nullable T former) {
    return former == null ? present : new MovingCiphertextStore(present, former);
  }

  private S3Location location(BucketAddress bucket) {
    return new S3Location(
        bucket.endpoint(),
        bucket.region(),
        bucket.bucket(),
        bucket.prefix(),
        bucket.pathStyle(),
        switch (bucket.login()) {
          case BucketAddress.Login.Pair(String accessKey, String secretKey) ->
              S3Credentials.of(accessKey, secretKey);
          case BucketAddress.Login.InFile(Path file) -> S3Credentials.in(file);
        },
        bucket.authorities(),
        S3Limits.of(Duration.ofSeconds(bucket.silenceSeconds()), settings.databaseConnections()));
  }

  /** Gives the bucket's connections up. */
  @PreDestroy
  void close() {
    if (inBucket != null) {
      inBucket.close();
    }
  }
}
