package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** How the bytes of objects lie in a database. */
interface ByteLayout {

  /** Writes an object; false, with the transaction still usable, when its key is there. */
  boolean insert(Connection connection, ObjectKey key, byte[] bytes) throws SQLException;

  /**
   * The same, reading {@code length} bytes slice by slice. When it fails, part of the object may be
   * written: the transaction must be rolled back.
   */
  boolean insert(Connection connection, ObjectKey key, long length, InputStream bytes)
      throws SQLException, IOException;

  /** Deletes an object; false when it is not there. */
  boolean delete(Connection connection, ObjectKey key) throws SQLException;

  /** Length of an object, without reading its bytes. */
  OptionalLong size(Connection connection, ObjectKey key) throws SQLException;

  /** How many bytes are best read at once, from a multiple of them on. */
  default int sliceBytes() {
    return DatabaseCiphertextStore.SLICE_BYTES;
  }

  /**
   * Reads {@code length} bytes, at least one, from {@code offset} on: fewer when the object is
   * shorter, none when it is not there. What the database has lost in between may read as zeros.
   */
  Optional<byte[]> read(Connection connection, ObjectKey key, long offset, int length)
      throws SQLException;
}
