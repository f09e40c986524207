package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.IndexedCiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectContent;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.StoreIdentity;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * Objects in a bucket of a server that speaks S3. An object is written there, and the server has
 * said so, before the transaction commits its row. What is there without a row is no object; what
 * was deleted goes by a queue that is committed with the deletion (ADR 49).
 */
public final class S3CiphertextStore extends IndexedCiphertextStore implements AutoCloseable {

  /** The bucket in which new objects lie, or some of them. */
  private static final StoreTables TABLES =
      new StoreTables("ciphertext_object", "ciphertext_bucket", "ciphertext_deletion");

  private static final int MARK_BYTES = 16;
  private static final int PART_BYTES = 256 * 1024;

  /** How long a look at the mark counts for changes: a request for each would cost as much. */
  private static final Duration MARK_COUNTS = Duration.ofMinutes(1);

  private final S3Bucket bucket;
  private final BucketLimiter sends;
  private final BucketLimiter erasures;
  private final Clock clock;
  private final DeletionQueue deletions;
  private final StoreIdentity identity;
  private final S3Cleanup cleanup;
  private final String freshMark;
  private volatile Instant marked = Instant.MIN;

  /** Asks the data source once which database it is; {@link #probe} sets the bucket up. */
  public S3CiphertextStore(
      DataSource dataSource, S3Location location, Clock clock, RandomGenerator random) {
    this(dataSource, TABLES, location, clock, random);
  }

  private S3CiphertextStore(
      DataSource dataSource,
      StoreTables tables,
      S3Location location,
      Clock clock,
      RandomGenerator random) {
    super(dataSource, tables.objects());
    this.deletions = new DeletionQueue(tables.deletions());
    this.bucket = new S3Bucket(location);
    S3Limits limits = location.limits();
    this.sends = new BucketLimiter(limits.sends(), limits.waiting());
    // Whoever erases holds a connection already, and must not wait with it.
    this.erasures = new BucketLimiter(limits.erasures(), Duration.ZERO);
    this.clock = clock;
    this.identity = new StoreIdentity(new MarkObject(bucket), "bucket", tables.mark());
    this.cleanup = new S3Cleanup(bucket, index(), deletions, limits.step());
    byte[] mark = new byte[MARK_BYTES];
    random.nextBytes(mark);
    this.freshMark = TextCodec.hex(mark);
  }

  /** A bucket that holds copies of all objects, with rows of its own (ADR 73). */
  public static S3CiphertextStore ofCopies(
      DataSource dataSource, S3Location location, Clock clock, RandomGenerator random) {
    return new S3CiphertextStore(dataSource, StoreTables.COPIES, location, clock, random);
  }

  /** Whether objects lie in a bucket that a database names, or are still to be removed from it. */
  public static boolean isUsedBy(DataSource dataSource) {
    return isUsed(dataSource, TABLES.objects()) || isUsed(dataSource, TABLES.deletions());
  }

  @Override
  public WritePermit admitWriter() {
    return sends.enter();
  }

  /** The object that says whose bucket this is. */
  private record MarkObject(S3Bucket bucket) implements StoreIdentity.MarkStore {

    @Override
    public Optional<String> read() throws IOException {
      return bucket.readText(StoreIdentity.MARK, StoreIdentity.MAX_MARK_BYTES);
    }

    @Override
    public void write(String mark, String fresh) throws IOException {
      bucket.writeNewText(StoreIdentity.MARK, mark);
    }
  }

  @Override
  protected void require(Connection connection) throws SQLException, IOException {
    if (!clock.instant().isBefore(marked.plus(MARK_COUNTS))) {
      requireNow(connection);
    }
  }

  @Override
  protected void requireNow(Connection connection) throws SQLException, IOException {
    marked(() -> identity.require(connection));
  }

  /** A look at the mark. Others go by the one before until it has failed. */
  @FunctionalInterface
  private interface MarkCheck {

    void look() throws SQLException, IOException;
  }

  private void marked(MarkCheck look) throws SQLException, IOException {
    boolean right = false;
    try {
      look.look();
      right = true;
    } finally {
      marked = right ? clock.instant() : Instant.MIN;
    }
  }

  @Override
  protected void stage(Connection connection, ObjectKey key, int slot, ObjectContent content)
      throws SQLException, IOException {
    deletions.remove(connection, key);
    // Now, and not before the commit: a set that is held until then would wait for the bucket.
    bucket.put(S3Layout.path(key, slot), content, key.name());
  }

  @Override
  protected OptionalLong sizeAt(ObjectKey key, int slot) throws IOException {
    return bucket.size(S3Layout.path(key, slot));
  }

  @Override
  protected void retire(Connection connection, ObjectKey key) throws SQLException {
    deletions.add(connection, key, clock.instant());
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    if (offset < 0 || length <= 0 || length > Long.MAX_VALUE - offset) {
      return openNothing(key, offset, length);
    }
    OptionalInt slot = slot(key);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<InputStream> opened = openAt(key, slot.getAsInt(), offset, length);
      if (opened.isEmpty()) {
        // A database that was restored may name the slot from before bytes were replaced.
        opened = openAt(key, 1 - slot.getAsInt(), offset, length);
      }
      if (opened.isEmpty()) {
        requirePlace();
      }
      return opened;
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be opened.", e);
    }
  }

  /** No bytes, or a range that cannot be right. */
  private Optional<InputStream> openNothing(ObjectKey key, long offset, long length) {
    OptionalLong size = size(key);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    requireRange(offset, length, size.getAsLong());
    return Optional.of(InputStream.nullInputStream());
  }

  private Optional<InputStream> openAt(ObjectKey key, int slot, long offset, long length)
      throws IOException {
    String path = S3Layout.path(key, slot);
    try {
      Optional<S3Bucket.OpenedObject> opened = bucket.open(path, offset, length, null);
      if (opened.isEmpty()) {
        return Optional.empty();
      }
      S3ObjectStream bytes = new S3ObjectStream(bucket, path, opened.get(), offset, length);
      if (offset > opened.get().sizeBytes() - length) {
        bytes.close();
        requireRange(offset, length, opened.get().sizeBytes());
      }
      return Optional.of(bytes);
    } catch (S3Bucket.RangeException e) {
      requireRange(offset, length, sizeAt(key, slot).orElse(0));
      throw e;
    }
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    Optional<FoundBytes> found = find(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest hash = Hash256.newDigest();
    byte[] part = new byte[PART_BYTES];
    long done = 0;
    try (InputStream bytes = whole(key, found.get())) {
      int count = bytes.read(part, 0, part.length);
      while (count >= 0) {
        hash.update(part, 0, count);
        done += count;
        count = bytes.read(part, 0, part.length);
      }
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be read.", e);
    }
    return Optional.of(new StoredDigest(done, Hash256.of(hash.digest())));
  }

  private InputStream whole(ObjectKey key, FoundBytes found) throws IOException {
    if (found.sizeBytes() == 0) {
      return InputStream.nullInputStream();
    }
    return openAt(key, found.slot(), 0, found.sizeBytes())
        .orElseThrow(() -> new IOException("The object was erased while it was read."));
  }

  @Override
  public boolean erase(ObjectKey key) {
    try (WritePermit _ = erasures.enter()) {
      return change(
          "An object could not be erased.",
          connection -> {
            boolean stored = index().delete(connection, key);
            bucket.delete(S3Layout.path(key, 0));
            bucket.delete(S3Layout.path(key, 1));
            deletions.remove(connection, key);
            return stored;
          });
    }
  }

  @Override
  public boolean eraseRepository(long repositoryId) {
    return change(
        "A repository's objects could not be erased.",
        connection -> cleanup.eraseRepository(connection, repositoryId));
  }

  @Override
  public CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    return work(
        "Objects that nobody needs could not be removed.",
        connection -> {
          requireNow(connection);
          return cleanup.removeLeftovers(connection, repositoryId, before, clock.instant(), most);
        });
  }

  @Override
  protected void tryPlace(Connection connection) throws SQLException, IOException {
    boolean empty = index().isEmpty(connection) && deletions.isEmpty(connection);
    marked(() -> identity.prepare(connection, empty, freshMark));
    bucket.tryAll(S3Layout.PROBE);
  }

  /** Gives the connections up. */
  @Override
  public void close() {
    bucket.close();
  }
}
