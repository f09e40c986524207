package org.hikae.backup.service;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.bucket.store.S3Credentials;
import org.hikae.backup.bucket.store.S3Limits;
import org.hikae.backup.bucket.store.S3Location;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.ciphertext.store.FileCiphertextStore;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.StoreMoveStore;
import org.hikae.backup.move.store.StoreTargetCache;
import org.hikae.runtime.control.BucketAddress;
import org.hikae.runtime.control.CiphertextStoreKind;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the stores that the portal uses: the database's, on the application's own login, files in
 * a folder, or a bucket (ADR 40, ADR 49). While a folder or a bucket is set, objects are found
 * there, too. New ones go where it was ordered, else where the settings say (ADR 67).
 */
@ApplicationScoped
public class CiphertextStoreProducer {

  private static final System.Logger LOG =
      System.getLogger(CiphertextStoreProducer.class.getName());

  /** How long a portal may go by an order that was changed. */
  private static final Duration TARGET_LASTS = Duration.ofSeconds(2);

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource dataSource;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transactions;

  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private SecureRandom random;
  @Inject private SecondStore secondStore;

  private @Nullable S3CiphertextStore inBucket;
  private @Nullable List<NamedStore> named;

  /**
   * Refuses settings under which stored objects would not be found.
   *
   * @throws IllegalStateException says which setting is missing
   */
  public void requirePlaces() {
    Optional<String> ordered = moves().target();
    if (settings.storeFolder() == null
        && (ordered.filter(CiphertextStoreKind.FILES.name()::equals).isPresent()
            || FileCiphertextStore.isUsedBy(dataSource))) {
      throw new IllegalStateException(
          "HIKAE_STORE_FOLDER must be set as long as objects lie in files, or are to be moved"
              + " there.");
    }
    if (settings.bucket() == null
        && (ordered.filter(CiphertextStoreKind.S3.name()::equals).isPresent()
            || S3CiphertextStore.isUsedBy(dataSource))) {
      throw new IllegalStateException(
          "HIKAE_S3_BUCKET must be set as long as objects lie in a bucket or are to be moved there,"
              + " or deleted ones are to be removed from it.");
    }
    secondStore.requirePlace();
    if (ordered.filter(target -> !target.equals(bySetting())).isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "New objects go to {0}, as hikae-admin store move has ordered; HIKAE_STORE says {1}",
          ordered.get(),
          bySetting());
    }
  }

  /** The one store of this server: what is written to it is copied where a second one is set. */
  @Produces
  @ApplicationScoped
  CiphertextStore store() {
    MovingCiphertextStore first = first();
    return secondStore.over(first).map(CiphertextStore.class::cast).orElse(first);
  }

  /** The stores that are written to and read first, without the second one. */
  public MovingCiphertextStore first() {
    return new MovingCiphertextStore(
        stores(),
        new StoreTargetCache(() -> moves().target(), bySetting(), TARGET_LASTS, System::nanoTime));
  }

  /** What was ordered, and how far it has come. */
  @Produces
  @Dependent
  StoreMoveStore moves() {
    return new StoreMoveStore(dataSource);
  }

  /** Where new objects go without an order. */
  public String bySetting() {
    return settings.store().name();
  }

  /** All stores that are set. */
  public synchronized List<NamedStore> stores() {
    List<NamedStore> known = named;
    if (known != null) {
      return known;
    }
    List<NamedStore> made = new ArrayList<>();
    made.add(
        NamedStore.of(
            CiphertextStoreKind.DATABASE.name(), new DatabaseCiphertextStore(dataSource)));
    Path folder = settings.storeFolder();
    if (folder != null) {
      JtaTransactionParticipants participants = new JtaTransactionParticipants(transactions);
      made.add(
          NamedStore.of(
              CiphertextStoreKind.FILES.name(),
              new FileCiphertextStore(dataSource, folder, participants, clock, random)));
    }
    BucketAddress bucket = settings.bucket();
    if (bucket != null) {
      S3CiphertextStore bucketStore =
          new S3CiphertextStore(dataSource, location(bucket, settings), clock, random);
      inBucket = bucketStore;
      made.add(NamedStore.of(CiphertextStoreKind.S3.name(), bucketStore));
    }
    named = List.copyOf(made);
    return named;
  }

  /** The bucket as the store knows it. */
  static S3Location location(BucketAddress bucket, Settings settings) {
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
    S3CiphertextStore bucketStore = inBucket;
    if (bucketStore != null) {
      bucketStore.close();
    }
  }
}
