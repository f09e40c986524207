package org.hikae.backup.ciphertext.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** H2: one BLOB for each object, kept outside the row. */
final class BlobLayout implements ByteLayout {

  private static final String UNIQUE_VIOLATION = "23505";

  private static final String INSERT =
      "insert into ciphertext (repository_id, name, bytes) values (?, ?, ?)";

  @Override
  public boolean insert(Connection connection, ObjectKey key, byte[] bytes) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setBytes(3, bytes);
      return insert(insert, key);
    }
  }

  @Override
  public boolean insert(Connection connection, ObjectKey key, long length, InputStream bytes)
      throws SQLException, IOException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      // The driver moves the stream into the database's file and takes an early end for the end.
      insert.setBinaryStream(3, bytes, length);
      if (!insert(insert, key)) {
        return false;
      }
    }
    if (size(connection, key).orElse(-1) != length) {
      throw new EOFException("The object ended early.");
    }
    return true;
  }

  private static boolean insert(PreparedStatement insert, ObjectKey key) throws SQLException {
    insert.setLong(1, key.repositoryId());
    insert.setBytes(2, key.name().toBytes());
    try {
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      // In H2 a failed statement leaves the transaction usable.
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean delete(Connection connection, ObjectKey key) throws SQLException {
    String sql = "delete from ciphertext where repository_id = ? and name = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, key.repositoryId());
      delete.setBytes(2, key.name().toBytes());
      return delete.executeUpdate() == 1;
    }
  }

  @Override
  public OptionalLong size(Connection connection, ObjectKey key) throws SQLException {
    String sql = "select octet_length(bytes) from ciphertext where repository_id = ? and name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, key.repositoryId());
      select.setBytes(2, key.name().toBytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  @Override
  public Optional<byte[]> read(Connection connection, ObjectKey key, long offset, int length)
      throws SQLException {
    String sql = "select bytes from ciphertext where repository_id = ? and name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
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
  }
}
