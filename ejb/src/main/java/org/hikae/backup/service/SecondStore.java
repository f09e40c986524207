package org.hikae.backup.service;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.ciphertext.store.FileCiphertextStore;
import org.hikae.backup.ciphertext.store.IndexedCiphertextStore;
import org.hikae.backup.ciphertext.store.IndexedCiphertextStore.StoreTables;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.second.store.CopiedCiphertextStore;
import org.hikae.backup.second.store.CopyComparison;
import org.hikae.backup.second.store.CopyQueue;
import org.hikae.backup.second.store.SuspectCache;
import org.hikae.runtime.control.CiphertextStoreKind;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/** The store to which each object is copied, where one is set (ADR 73). */
@ApplicationScoped
public class SecondStore {

  /** By which messages call it. */
  public static final String NAME = "SECOND";

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource dataSource;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transactions;

  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private SecureRandom random;

  private final SuspectCache suspects = new SuspectCache();
  private @Nullable S3CiphertextStore inBucket;
  private @Nullable NamedStore named;

  /**
   * Refuses settings under which copies would be forgotten, such as by an erasure.
   *
   * @throws IllegalStateException says which setting is missing
   */
  public void requirePlace() {
    if (store().isEmpty()
        && (IndexedCiphertextStore.isUsed(dataSource, StoreTables.COPIES.objects())
            || IndexedCiphertextStore.isUsed(dataSource, StoreTables.COPIES.deletions()))) {
      throw new IllegalStateException(
          "HIKAE_SECOND_STORE must be set as long as the database names copies in a second store."
              + " docs/admin/second-site.md says how it is given up.");
    }
  }

  /** The store; empty when none is set. */
  public synchronized Optional<NamedStore> store() {
    NamedStore known = named;
    if (known == null) {
      known = opened();
      named = known;
    }
    return Optional.ofNullable(known);
  }

  private @Nullable NamedStore opened() {
    CiphertextStoreKind kind = settings.secondStore();
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case FILES ->
          NamedStore.of(
              NAME,
              FileCiphertextStore.ofCopies(
                  dataSource,
                  settings.secondFolder(),
                  new JtaTransactionParticipants(transactions),
                  clock,
                  random));
      case S3 -> {
        S3CiphertextStore bucket =
            S3CiphertextStore.ofCopies(
                dataSource,
                CiphertextStoreProducer.location(settings.secondBucket(), settings),
                clock,
                random);
        inBucket = bucket;
        yield NamedStore.of(NAME, bucket);
      }
      case DATABASE -> throw new IllegalStateException("A second store is beside the database.");
    };
  }

  /** A store that is copied to this one; empty when none is set. */
  public Optional<CopiedCiphertextStore> over(MovingCiphertextStore first) {
    return store()
        .map(second -> new CopiedCiphertextStore(first, second, queue(), suspects, clock));
  }

  /** What is to be looked at in it. */
  public CopyQueue queue() {
    return new CopyQueue(dataSource);
  }

  /** Compares all objects with their copies. */
  public CopyComparison comparison() {
    return new CopyComparison(dataSource);
  }

  /** Objects of which this portal got wrong bytes. */
  public SuspectCache suspects() {
    return suspects;
  }

  /** Gives the bucket's connections up. */
  @PreDestroy
  void close() {
    S3CiphertextStore bucket = inBucket;
    if (bucket != null) {
      bucket.close();
    }
  }
}
