package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.hikae.backup.volume.store.PosixVolume;
import org.hikae.backup.volume.store.StorageVolume;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * Objects as files in a folder. A file is written and synced, gets its name, and its folder is
 * synced, before the transaction commits its row: what is recorded is on the disk. What is on the
 * disk without a row is no object (ADR 40).
 */
public final class FileCiphertextStore extends IndexedCiphertextStore {

  /** The folder in which new objects lie, or some of them. */
  private static final StoreTables TABLES =
      new StoreTables("ciphertext_file", "ciphertext_folder", "");

  private static final int MARK_BYTES = 16;

  private final StorageVolume volume;
  private final TransactionParticipants transactions;
  private final Clock clock;
  private final StoreIdentity identity;
  private final FolderSync folders;
  private final FileCleanup cleanup;
  private final String freshMark;
  private final AtomicLong staged = new AtomicLong();

  /** Asks the data source once which database it is; {@link #probe} sets the folder up. */
  public FileCiphertextStore(
      DataSource dataSource,
      Path folder,
      TransactionParticipants transactions,
      Clock clock,
      RandomGenerator random) {
    this(dataSource, TABLES, new PosixVolume(folder), transactions, clock, random);
  }

  /** A folder that holds copies of all objects, with rows of its own (ADR 73). */
  public static FileCiphertextStore ofCopies(
      DataSource dataSource,
      Path folder,
      TransactionParticipants transactions,
      Clock clock,
      RandomGenerator random) {
    return new FileCiphertextStore(
        dataSource, StoreTables.COPIES, new PosixVolume(folder), transactions, clock, random);
  }

  FileCiphertextStore(
      DataSource dataSource,
      StorageVolume volume,
      TransactionParticipants transactions,
      Clock clock,
      RandomGenerator random) {
    this(dataSource, TABLES, volume, transactions, clock, random);
  }

  private FileCiphertextStore(
      DataSource dataSource,
      StoreTables tables,
      StorageVolume volume,
      TransactionParticipants transactions,
      Clock clock,
      RandomGenerator random) {
    super(dataSource, tables.objects());
    this.volume = volume;
    this.transactions = transactions;
    this.clock = clock;
    this.identity = new StoreIdentity(new MarkFile(volume), "folder of files", tables.mark());
    this.folders = new FolderSync(volume);
    byte[] mark = new byte[MARK_BYTES];
    random.nextBytes(mark);
    this.freshMark = TextCodec.hex(mark);
    this.cleanup = new FileCleanup(volume, index());
  }

  /** Whether objects lie in files that a database names. */
  public static boolean isUsedBy(DataSource dataSource) {
    return isUsed(dataSource, TABLES.objects());
  }

  /** The file that says whose folder this is. */
  private record MarkFile(StorageVolume volume) implements StoreIdentity.MarkStore {

    @Override
    public Optional<String> read() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(StoreIdentity.MAX_MARK_BYTES);
      try (StorageVolume.OpenInput mark = volume.open(StoreIdentity.MARK)) {
        while (bytes.hasRemaining() && mark.read(bytes, bytes.position()) >= 0) {
          // Goes on to the end of the file.
        }
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      return Optional.of(
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip());
    }

    @Override
    public void write(String mark, String fresh) throws IOException {
      String waiting = StoreIdentity.MARK + "." + fresh;
      volume.delete(waiting);
      ByteBuffer bytes = ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII));
      try (StorageVolume.OpenOutput file = volume.create(waiting, bytes.remaining())) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.sync();
      }
      volume.rename(waiting, StoreIdentity.MARK);
    }
  }

  @Override
  protected void require(Connection connection) throws SQLException, IOException {
    identity.require(connection);
  }

  @Override
  protected void requireNow(Connection connection) throws SQLException, IOException {
    identity.require(connection);
  }

  @Override
  protected void stage(Connection connection, ObjectKey key, int slot, ObjectContent content)
      throws IOException {
    String unique = freshMark + "-" + Long.toHexString(staged.getAndIncrement());
    StagedFile file =
        new StagedFile(volume, folders, FileLayout.incoming(key.repositoryId(), unique), key, slot);
    file.write(content);
    boolean added = false;
    try {
      transactions.add(file);
      added = true;
    } finally {
      if (!added) {
        file.discard();
      }
    }
  }

  @Override
  protected OptionalLong sizeAt(ObjectKey key, int slot) throws IOException {
    return volume.size(FileLayout.file(key, slot));
  }

  @Override
  protected void retire(Connection connection, ObjectKey key) throws IOException {
    Instant now = clock.instant();
    volume.touch(FileLayout.file(key, 0), now);
    volume.touch(FileLayout.file(key, 1), now);
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    Optional<FoundBytes> found = find(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    requireRange(offset, length, found.get().sizeBytes());
    try {
      String path = FileLayout.file(key, found.get().slot());
      return Optional.of(new FileRangeStream(volume.open(path), offset, length));
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be opened.", e);
    }
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    Optional<FoundBytes> found = find(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest hash = Hash256.newDigest();
    byte[] part = new byte[FileRangeStream.PART_BYTES];
    long done = 0;
    String path = FileLayout.file(key, found.get().slot());
    try (StorageVolume.OpenInput file = volume.open(path)) {
      int count = file.read(ByteBuffer.wrap(part), done);
      while (count >= 0) {
        hash.update(part, 0, count);
        done += count;
        count = file.read(ByteBuffer.wrap(part), done);
      }
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be read.", e);
    }
    return Optional.of(new StoredDigest(done, Hash256.of(hash.digest())));
  }

  @Override
  public boolean erase(ObjectKey key) {
    return change(
        "An object could not be erased.",
        connection -> {
          boolean stored = index().delete(connection, key);
          volume.delete(FileLayout.file(key, 0));
          volume.delete(FileLayout.file(key, 1));
          return stored;
        });
  }

  @Override
  public boolean eraseRepository(long repositoryId) {
    return change(
        "A repository's files could not be erased.",
        _ -> {
          cleanup.eraseRepository(repositoryId);
          folders.forget(repositoryId);
          return true;
        });
  }

  @Override
  public CleanedObjects removeLeftovers(long repositoryId, Instant before, int most) {
    return change(
        "Files that nobody needs could not be removed.",
        connection -> cleanup.removeLeftovers(connection, repositoryId, before, most));
  }

  @Override
  public void removeUnfinished(Instant before) {
    change(
        "Unfinished files could not be removed.",
        _ -> {
          cleanup.removeUnfinished(before);
          return true;
        });
  }

  @Override
  protected void tryPlace(Connection connection) throws SQLException, IOException {
    identity.prepare(connection, index().isEmpty(connection), freshMark);
    volume.makeFolder(FileLayout.INCOMING);
    volume.makeFolder(FileLayout.OBJECTS);
    volume.syncFolder("");
    cleanup.tryWriting(freshMark);
  }
}
