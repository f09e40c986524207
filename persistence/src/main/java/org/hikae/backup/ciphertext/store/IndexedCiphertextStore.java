package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Objects in a place beside the database, each with a row in it. The bytes are durable in their
 * place before the transaction commits their row; what lies there without a row is no object. An
 * object has two slots, so that rotten bytes are replaced without writing over them.
 *
 * <p>The data source takes part in the caller's transaction (JTA in the server). What a transaction
 * has put cannot be read in it.
 */
public abstract class IndexedCiphertextStore implements CiphertextStore, CiphertextListing {

  /** How often a row is looked at anew that others put and delete at the same time. */
  private static final int MAX_TRIES = 5;

  private final DataSource dataSource;
  private final CiphertextIndex index;
  private final CiphertextRows rows;

  /**
   * The tables of one place. All names are constants.
   *
   * @param objects has a row for each object that lies there
   * @param mark says which place belongs to the database, as {@link StoreIdentity} has it
   * @param deletions has a row for what is still to be removed there; empty where a place needs
   *     none
   */
  public record StoreTables(String objects, String mark, String deletions) {

    /** The tables of the second store, whatever sort of place it is (ADR 73). */
    public static final StoreTables COPIES =
        new StoreTables("ciphertext_copy", "ciphertext_copy_place", "ciphertext_copy_deletion");
  }

  /**
   * Asks the data source once which database it is.
   *
   * @param table with the rows; a constant name
   */
  protected IndexedCiphertextStore(DataSource dataSource, String table) {
    this.dataSource = dataSource;
    this.rows = new CiphertextRows(table);
    try (Connection connection = dataSource.getConnection()) {
      this.index = new CiphertextIndex(DatabaseKind.of(connection), table);
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for its kind.", e);
    }
  }

  /** Whether a table names objects. */
  public static boolean isUsed(DataSource dataSource, String table) {
    try (Connection connection = dataSource.getConnection()) {
      return !new CiphertextIndex(DatabaseKind.of(connection), table).isEmpty(connection);
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for objects.", e);
    }
  }

  /** Bytes that are there. */
  protected record FoundBytes(int slot, long sizeBytes) {}

  /** Fails unless the place is this database's: before anything there is changed. */
  protected abstract void require(Connection connection) throws SQLException, IOException;

  /** The same, with a look at the place now: before anything there is taken for lost. */
  protected abstract void requireNow(Connection connection) throws SQLException, IOException;

  /**
   * Sees to it that the bytes are durable in their place when the caller's transaction commits.
   * Whoever calls holds the object's row.
   */
  protected abstract void stage(
      Connection connection, ObjectKey key, int slot, ObjectContent content)
      throws SQLException, IOException;

  /** How many bytes lie in a slot; empty when nothing does. */
  protected abstract OptionalLong sizeAt(ObjectKey key, int slot) throws IOException;

  /**
   * No row names the bytes of an object any more, or another slot than before, once the caller's
   * transaction has committed: the grace begins in which they stay, so that a database that is
   * restored finds what it names.
   */
  protected abstract void retire(Connection connection, ObjectKey key)
      throws SQLException, IOException;

  /** The rows. */
  protected final CiphertextIndex index() {
    return index;
  }

  /** Works with the caller's connection. */
  @FunctionalInterface
  protected interface Work<T> {

    /** Does it. */
    T with(Connection connection) throws SQLException, IOException;
  }

  /** Does something, whose failure is the storage's. */
  protected final <T> T work(String failure, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.with(connection);
    } catch (SQLException | IOException e) {
      throw new CiphertextStoreException(failure, e);
    }
  }

  /** The same for what changes the place, which must be the right one. */
  protected final <T> T change(String failure, Work<T> work) {
    return work(
        failure,
        connection -> {
          require(connection);
          return work.with(connection);
        });
  }

  @Override
  public final boolean put(ObjectKey key, byte[] bytes) {
    return put(key, ObjectContent.of(bytes));
  }

  @Override
  public final boolean put(ObjectKey key, long length, InputStream bytes) {
    return put(key, ObjectContent.of(length, bytes));
  }

  private boolean put(ObjectKey key, ObjectContent content) {
    return change("An object could not be written.", connection -> put(connection, key, content));
  }

  private boolean put(Connection connection, ObjectKey key, ObjectContent content)
      throws SQLException, IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (index.insert(connection, key, content.length())) {
        stage(connection, key, 0, content);
        return true;
      }
      if (find(connection, key).isPresent()) {
        return false;
      }
      // Bytes that were lost are written again; a row that went meanwhile is tried anew.
      OptionalInt slot = index.lock(connection, key);
      if (slot.isPresent()) {
        if (find(connection, key).isPresent()) {
          return false;
        }
        stage(connection, key, slot.getAsInt(), content);
        return true;
      }
    }
    throw contended();
  }

  @Override
  public final boolean delete(ObjectKey key) {
    return change(
        "An object could not be deleted.",
        connection -> {
          boolean deleted = index.delete(connection, key);
          if (deleted) {
            retire(connection, key);
          }
          return deleted;
        });
  }

  @Override
  public final void replace(ObjectKey key, byte[] bytes) {
    replace(key, ObjectContent.of(bytes));
  }

  @Override
  public final void replace(ObjectKey key, long length, InputStream bytes) {
    replace(key, ObjectContent.of(length, bytes));
  }

  private void replace(ObjectKey key, ObjectContent content) {
    change(
        "An object could not be replaced.",
        connection -> {
          replace(connection, key, content);
          return true;
        });
  }

  private void replace(Connection connection, ObjectKey key, ObjectContent content)
      throws SQLException, IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      OptionalInt slot = index.lock(connection, key);
      if (slot.isPresent()) {
        int other = 1 - slot.getAsInt();
        stage(connection, key, other, content);
        index.change(connection, key, other, content.length());
        retire(connection, key);
        return;
      }
      if (index.insert(connection, key, content.length())) {
        stage(connection, key, 0, content);
        return;
      }
    }
    throw contended();
  }

  private static SQLException contended() {
    return new SQLException("Others put and delete the same object all the time.", "55P03");
  }

  private Optional<FoundBytes> find(Connection connection, ObjectKey key)
      throws SQLException, IOException {
    OptionalInt slot = index.slot(connection, key);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    Optional<FoundBytes> found = look(key, slot.getAsInt());
    if (found.isEmpty()) {
      requireNow(connection);
    }
    return found;
  }

  /** A database that was restored may name the slot from before or after bytes were replaced. */
  private Optional<FoundBytes> look(ObjectKey key, int slot) throws IOException {
    for (int each : new int[] {slot, 1 - slot}) {
      OptionalLong size = sizeAt(key, each);
      if (size.isPresent()) {
        return Optional.of(new FoundBytes(each, size.getAsLong()));
      }
    }
    return Optional.empty();
  }

  /** The slot that an object's row names; empty when it is not stored. */
  protected final OptionalInt slot(ObjectKey key) {
    return work("An object could not be looked up.", connection -> index.slot(connection, key));
  }

  /** Fails when it is not the object that is lost, but its place that is not the right one. */
  protected final void requirePlace() {
    work(
        "The place of objects could not be looked at.",
        connection -> {
          requireNow(connection);
          return true;
        });
  }

  /**
   * Where an object's bytes are; empty when it is not stored, or they are lost. It holds no
   * connection while it looks.
   */
  protected final Optional<FoundBytes> find(ObjectKey key) {
    OptionalInt slot = slot(key);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<FoundBytes> found = look(key, slot.getAsInt());
      if (found.isEmpty()) {
        requirePlace();
      }
      return found;
    } catch (IOException e) {
      throw new CiphertextStoreException("An object could not be looked up.", e);
    }
  }

  /** Fails as {@link #open} says. */
  protected static void requireRange(long offset, long length, long size) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IllegalArgumentException(
          "range " + offset + "+" + length + " must lie within " + size + " bytes");
    }
  }

  @Override
  public final boolean exists(ObjectKey key) {
    return find(key).isPresent();
  }

  @Override
  public final OptionalLong size(ObjectKey key) {
    Optional<FoundBytes> found = find(key);
    return found.isPresent() ? OptionalLong.of(found.get().sizeBytes()) : OptionalLong.empty();
  }

  @Override
  public final List<ObjectKey> after(@Nullable ObjectKey last, int most) {
    return work("Objects could not be listed.", connection -> rows.after(connection, last, most));
  }

  @Override
  public final boolean holds(ObjectKey key) {
    return work("An object could not be looked up.", connection -> rows.holds(connection, key));
  }

  @Override
  public final boolean lock(ObjectKey key) {
    return work("An object could not be locked.", connection -> rows.lock(connection, key));
  }

  @Override
  public final long count() {
    return work("Objects could not be counted.", rows::count);
  }

  /**
   * Sets the place up if that was not done, and tries whether it takes writes.
   *
   * @param connection commits by itself
   */
  protected abstract void tryPlace(Connection connection) throws SQLException, IOException;

  @Override
  public final Optional<VolumeFault> probe() {
    try (Connection connection = dataSource.getConnection()) {
      tryPlace(connection);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(VolumeFault.of(e));
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for its place.", e);
    }
  }
}
