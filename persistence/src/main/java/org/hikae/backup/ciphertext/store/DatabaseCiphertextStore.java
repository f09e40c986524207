package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the portal's own database: one transaction covers the bytes and everything recorded
 * about them. Plain JDBC, because an entity would read whole objects where a slice is wanted.
 *
 * <p>The data source takes part in the caller's transaction (JTA in the server).
 */
public final class DatabaseCiphertextStore implements CiphertextStore, CiphertextListing {

  /**
   * Most bytes fetched at once, and written at once of an object that is not in memory: what a
   * reader or writer costs in memory, whatever the object's size.
   */
  public static final int SLICE_BYTES = 1024 * 1024;

  private final DataSource dataSource;
  private final ByteLayout layout;
  private final CiphertextRows rows = new CiphertextRows("ciphertext");

  /** Asks the data source once which database it is. */
  public DatabaseCiphertextStore(DataSource dataSource) {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection()) {
      this.layout = DatabaseKind.of(connection).layout();
    } catch (SQLException e) {
      throw new CiphertextStoreException("The database could not be asked for its kind.", e);
    }
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    try (Connection connection = dataSource.getConnection()) {
      return layout.insert(connection, key, bytes);
    } catch (SQLException e) {
      throw new CiphertextStoreException("An object could not be written.", e);
    }
  }

  @Override
  public boolean put(ObjectKey key, long length, InputStream bytes) {
    try (Connection connection = dataSource.getConnection()) {
      return layout.insert(connection, key, length, bytes);
    } catch (SQLException | IOException e) {
      throw new CiphertextStoreException("An object could not be written.", e);
    }
  }

  @Override
  public boolean delete(ObjectKey key) {
    try (Connection connection = dataSource.getConnection()) {
      return layout.delete(connection, key);
    } catch (SQLException e) {
      throw new CiphertextStoreException("An object could not be deleted.", e);
    }
  }

  @Override
  public void replace(ObjectKey key, byte[] bytes) {
    try (Connection connection = dataSource.getConnection()) {
      boolean _ = layout.delete(connection, key);
      layout.insert(connection, key, bytes);
    } catch (SQLException e) {
      throw new CiphertextStoreException("An object could not be replaced.", e);
    }
  }

  @Override
  public void replace(ObjectKey key, long length, InputStream bytes) {
    try (Connection connection = dataSource.getConnection()) {
      boolean _ = layout.delete(connection, key);
      layout.insert(connection, key, length, bytes);
    } catch (SQLException | IOException e) {
      throw new CiphertextStoreException("An object could not be replaced.", e);
    }
  }

  @Override
  public boolean exists(ObjectKey key) {
    return size(key).isPresent();
  }

  @Override
  public OptionalLong size(ObjectKey key) {
    try (Connection connection = dataSource.getConnection()) {
      return layout.size(connection, key);
    } catch (SQLException e) {
      throw new CiphertextStoreException("An object's size could not be read.", e);
    }
  }

  @Override
  public Optional<InputStream> open(ObjectKey key, long offset, long length) {
    OptionalLong size = size(key);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    if (offset < 0 || length < 0 || offset > size.getAsLong() - length) {
      throw new IllegalArgumentException(
          "range " + offset + "+" + length + " must lie within " + size.getAsLong() + " bytes");
    }
    return Optional.of(
        new SlicedInputStream(
            offset, length, layout.sliceBytes(), (from, count) -> slice(key, from, count)));
  }

  @Override
  public Optional<StoredDigest> digest(ObjectKey key) {
    OptionalLong size = size(key);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest hash = Hash256.newDigest();
    long done = 0;
    while (done < size.getAsLong()) {
      int wanted = (int) Math.min(layout.sliceBytes(), size.getAsLong() - done);
      Optional<byte[]> slice = slice(key, done, wanted);
      byte[] bytes = slice.orElse(new byte[0]);
      hash.update(bytes);
      done += bytes.length;
      if (bytes.length < wanted) {
        // Cut off, or removed while it was read.
        return exists(key) ? Optional.of(digest(done, hash)) : Optional.empty();
      }
    }
    return Optional.of(digest(done, hash));
  }

  @Override
  public List<ObjectKey> after(@Nullable ObjectKey last, int most) {
    return ask("Objects could not be listed.", connection -> rows.after(connection, last, most));
  }

  @Override
  public boolean holds(ObjectKey key) {
    return ask("An object could not be looked up.", connection -> rows.holds(connection, key));
  }

  @Override
  public boolean lock(ObjectKey key) {
    return ask("An object could not be locked.", connection -> rows.lock(connection, key));
  }

  @Override
  public long count() {
    return ask("Objects could not be counted.", rows::count);
  }

  /** A question for the rows. */
  @FunctionalInterface
  private interface RowQuery<T> {

    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(String failure, RowQuery<T> query) {
    try (Connection connection = dataSource.getConnection()) {
      return query.ask(connection);
    } catch (SQLException e) {
      throw new CiphertextStoreException(failure, e);
    }
  }

  private static StoredDigest digest(long sizeBytes, MessageDigest hash) {
    return new StoredDigest(sizeBytes, Hash256.of(hash.digest()));
  }

  private Optional<byte[]> slice(ObjectKey key, long offset, int length) {
    try (Connection connection = dataSource.getConnection()) {
      return layout.read(connection, key, offset, length);
    } catch (SQLException e) {
      throw new CiphertextStoreException("An object could not be read.", e);
    }
  }
}
