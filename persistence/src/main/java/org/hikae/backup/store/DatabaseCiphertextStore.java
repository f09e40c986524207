package org.hikae.backup.store;

import java.io.InputStream;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Objects in the table {@code ciphertext} of the portal's own database: one transaction covers the
 * bytes and everything recorded about them. Plain JDBC, because an entity would read whole objects
 * where a slice is wanted.
 *
 * <p>The data source takes part in the caller's transaction (JTA in the server).
 */
public final class DatabaseCiphertextStore implements CiphertextStore {

  /** Most bytes fetched at once: what a reader costs in memory, whatever the object's size. */
  public static final int SLICE_BYTES = 1024 * 1024;

  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource dataSource;
  private final DatabaseKind kind;

  /** Asks the data source once which database it is. */
  public DatabaseCiphertextStore(DataSource dataSource) {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection()) {
      this.kind = DatabaseKind.of(connection);
    } catch (SQLException e) {
      throw new StoreException("The database could not be asked for its kind.", e);
    }
  }

  @Override
  public boolean put(ObjectKey key, byte[] bytes) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(kind.insert())) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setBytes(3, bytes);
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (kind == DatabaseKind.H2 && UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw new StoreException("An object could not be written.", e);
    }
  }

  @Override
  public boolean exists(ObjectKey key) {
    return size(key).isPresent();
  }

  @Override
  public OptionalLong size(ObjectKey key) {
    // Neither database reads the bytes for this: the length stands beside the reference to them.
    String sql = "select octet_length(bytes) from ciphertext where repository_id = ? and name = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, key.repositoryId());
      select.setBytes(2, key.name().toBytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("An object's size could not be read.", e);
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
            offset, length, SLICE_BYTES, (from, count) -> slice(key, from, count)));
  }

  private Optional<byte[]> slice(ObjectKey key, long offset, int length) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(kind.select())) {
      return kind == DatabaseKind.H2
          ? sliceOfBlob(select, key, offset, length)
          : sliceOfBytea(select, key, offset, length);
    } catch (SQLException e) {
      throw new StoreException("An object could not be read.", e);
    }
  }

  private static Optional<byte[]> sliceOfBlob(
      PreparedStatement select, ObjectKey key, long offset, int length) throws SQLException {
    select.setLong(1, key.repositoryId());
    select.setBytes(2, key.name().toBytes());
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Blob blob = row.getBlob(1);
      try {
        return Optional.of(blob.getBytes(offset + 1, length));
      } finally {
        blob.free();
      }
    }
  }

  private static Optional<byte[]> sliceOfBytea(
      PreparedStatement select, ObjectKey key, long offset, int length) throws SQLException {
    select.setInt(1, Math.toIntExact(offset + 1));
    select.setInt(2, length);
    select.setLong(3, key.repositoryId());
    select.setBytes(4, key.name().toBytes());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    }
  }
}
