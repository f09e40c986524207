package org.hikae.backup.store;

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

  @Override
  public boolean insert(Connection connection, ObjectKey key, byte[] bytes) throws SQLException {
    String sql = "insert into ciphertext (repository_id, name, bytes) values (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setBytes(3, bytes);
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
  public void delete(Connection connection, ObjectKey key) throws SQLException {
    String sql = "delete from ciphertext where repository_id = ? and name = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, key.repositoryId());
      delete.setBytes(2, key.name().toBytes());
      delete.executeUpdate();
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
