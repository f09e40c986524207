package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;

/**
 * Objects as files in a folder, each with a row in the portal's database. A file is written and
 * synced, gets its name, and its folder is synced, before the transaction commits its row: what is
 * recorded is on the disk. What is on the disk without a row is no object (ADR 40).
 *
 * <p>The data source takes part in the caller's transaction (JTA in the server). What a transaction
 * has put cannot be read in it.
 */
public final class FileCiphertextStore implements CiphertextStore, CiphertextListing {

  /** How often a row is looked at anew that others put and delete at the same time. */
  private static final int MAX_TRIES = 5;

  private static final int MARK_BYTES = 16;

  private final DataSource dataSource;
  private final StorageVolume volume;
  private final TransactionParticipants transactions;
  private final Clock clock;
  private final CiphertextFileIndex index;
  private final VolumeIdentity identity;
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
    this(dataSource, new PosixVolume(folder), transactions, clock, random);
  }

  FileCiphertextStore(
      DataSource dataSource,
      StorageVolume volume,
      TransactionParticipants transactions,
      Clock clock,
      RandomGenerator random) {
    this.dataSource = dataSource;
    this.volume = volume;
    this.transactions = transactions;
    this.clock = clock;
    this.identity = new VolumeIdentity(volume);
    this.folders = new FolderSync(volume);
    byte[] mark = new byte[MARK_BYTES];
    random.nextBytes(mark);
    this.freshMark = TextCodec.hex(mark);
    try (Connection connection = dataSource.getConnection()) {
      this.index = new CiphertextFileIndex(DatabaseKind.of(connection));
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for its kind.", e);
    }
    this.cleanup = new FileCleanup(volume, index);
  }

  /** Whether objects lie in files that a database names. */
  public static boolean isUsedBy(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return !CiphertextFileIndex.isEmpty(connection);
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for files.", e);
    }
  }

  /** Works with the caller's connection. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  private <T> T work(String failure, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException | IOException e) {
      throw new CiphertextStoreException(failure, e);
    }
  }

  /** The same for what changes the folder, which must be the right one. */
  private <T> T change(String failure, Work<T> work) {
    return work(
        failure,
        connection -> {
          identity.require(connection);
          return work.with(connection);
        });
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    return put(key, StagedFile.Content.of(bytes));
  }

  @Override
  public boolean put(ObjectKey key, long length, InputStream bytes) {
    return put(key, StagedFile.Content.of(length, bytes));
  }

  private boolean put(ObjectKey key, StagedFile.Content bytes) {
    return change("An object could not be written.", connection -> put(connection, key, bytes));
  }

  private boolean put(Connection connection, ObjectKey key, StagedFile.Content bytes)
      throws SQLException, IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (index.insert(connection, key, bytes.length())) {
        stage(key, 0, bytes);
        return true;
      }
      if (find(connection, key).isPresent()) {
        return false;
      }
      // A file that was lost is written again; a row that went meanwhile is tried anew.
      OptionalInt slot = index.lock(connection, key);
      if (slot.isPresent()) {
        if (find(connection, key).isPresent()) {
          return false;
        }
        stage(key, slot.getAsInt(), bytes);
        return true;
      }
    }
    throw contended();
  }

  @Override
  public boolean delete(ObjectKey key) {
    return change("An object could not be deleted.", connection -> delete(connection, key));
  }

  /** The file stays for a while, so that a database that is restored finds what it names. */
  private boolean delete(Connection connection, ObjectKey key) throws SQLException, IOException {
    boolean deleted = index.delete(connection, key);
    if (deleted) {
      Instant now = clock.instant();
      volume.touch(FileLayout.file(key, 0), now);
      volume.touch(FileLayout.file(key, 1), now);
    }
    return deleted;
  }

  @Override
  public void replace(ObjectKey key, byte[] bytes) {
    replace(key, StagedFile.Content.of(bytes));
  }

  @Override
  public void replace(ObjectKey key, long length, InputStream bytes) {
    replace(key, StagedFile.Content.of(length, bytes));
  }

  private void replace(ObjectKey key, StagedFile.Content bytes) {
    change(
        "An object could not be replaced.",
        connection -> {
          replace(connection, key, bytes);
          return true;
        });
  }

  private void replace(Connection connection, ObjectKey key, StagedFile.Content bytes)
      throws SQLException, IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      OptionalInt slot = index.lock(connection, key);
      if (slot.isPresent()) {
        int other = 1 - slot.getAsInt();
        stage(key, other, bytes);
        index.change(connection, key, other, bytes.length());
        volume.touch(FileLayout.file(key, slot.getAsInt()), clock.instant());
        return;
      }
      if (index.insert(connection, key, bytes.length())) {
        stage(key, 0, bytes);
        return;
      }
    }
    throw contended();
  }

  private static SQLException contended() {
    return new SQLException("Others put and delete the same object all the time.", "55P03");
  }

  private void stage(ObjectKey key, int slot, StagedFile.Content bytes) throws IOException {
    String unique = freshMark + "-" + Long.toHexString(staged.getAndIncrement());
    StagedFile file =
        new StagedFile(volume, folders, FileLayout.incoming(key.repositoryId(), unique), key, slot);
    file.write(bytes);
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

  /**
   * A file that is there.
   *
   * @param path where
   * @param sizeBytes its present length
   */
  private record FoundFile(String path, long sizeBytes) {}

  private Optional<FoundFile> find(Connection connection, ObjectKey key)
      throws SQLException, IOException {
    OptionalInt slot = index.slot(connection, key);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    // A database that was restored may name the slot from before or after bytes were replaced.
    for (int each : new int[] {slot.getAsInt(), 1 - slot.getAsInt()}) {
      String path = FileLayout.file(key, each);
      OptionalLong size = volume.size(path);
      if (size.isPresent()) {
        return Optional.of(new FoundFile(path, size.getAsLong()));
      }
    }
    identity.require(connection);
    return Optional.empty();
  }

  private Optional<FoundFile> find(ObjectKey key) {
    return work("An object could not be looked up.", connection -> find(connection, key));
  }

  @Override
  public boolean exists(ObjectKey key) {
    return find(key).isPresent();
  }

  @Override
  public OptionalLong size(ObjectKey key) {
    Optional<FoundFile> file = find(key);
    return file.isPresent() ? OptionalLong.of(file.get().sizeBytes()) : OptionalLong.empty();
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    Optional<FoundFile> file = find(key);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long size = file.get().sizeBytes();
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IllegalArgumentException(
          "range " + offset + "+" + length + " must lie within " + size + " bytes");
    }
    try {
      return Optional.of(new FileRangeStream(volume.open(file.get().path()), offset, length));
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be opened.", e);
    }
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    Optional<FoundFile> found = find(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest hash = Hash256.newDigest();
    byte[] part = new byte[FileRangeStream.PART_BYTES];
    long done = 0;
    try (StorageVolume.OpenInput file = volume.open(found.get().path())) {
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
          boolean stored = index.delete(connection, key);
          volume.delete(FileLayout.file(key, 0));
          volume.delete(FileLayout.file(key, 1));
          return stored;
        });
  }

  @Override
  public void eraseRepository(long repositoryId) {
    change(
        "A repository's files could not be erased.",
        _ -> {
          cleanup.eraseRepository(repositoryId);
          folders.forget(repositoryId);
          return true;
        });
  }

  @Override
  public int removeLeftovers(long repositoryId, Instant before, int most) {
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
  public List<ObjectKey> first(long repositoryId, int most) {
    return work(
        "Objects could not be listed.", connection -> index.first(connection, repositoryId, most));
  }

  @Override
  public Optional<VolumeFault> probe() {
    try (Connection connection = dataSource.getConnection()) {
      identity.prepare(connection, freshMark);
      cleanup.tryWriting(freshMark);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(VolumeFault.of(e));
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for its folder.", e);
    }
  }
}
