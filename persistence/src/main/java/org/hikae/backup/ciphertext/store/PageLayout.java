package org.hikae.backup.ciphertext.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PostgreSQL: rows that each fill a page, cut by the server from one parameter. Why, and what else
 * was measured: docs/adr/0012-ciphertext-in-pages.md.
 */
final class PageLayout implements ByteLayout {

  /**
   * The largest row of a page of 8192 bytes is 8160; 24 are its header, 8 the object, 4 the number,
   * 4 the length of the bytes. The schema's migration knows this figure too.
   */
  static final int PAGE_BYTES = 8120;

  private static final String INSERT =
      "with fresh as ("
          + "insert into ciphertext (repository_id, name, size_bytes) values (?, ?, ?)"
          // A second insert must not fail, because that would end the transaction.
          + " on conflict (repository_id, name) do nothing returning ciphertext_id)"
          + " insert into ciphertext_page (ciphertext_id, number, bytes)"
          + " select ciphertext_id, page, substring(whole from page * 8120 + 1 for 8120)"
          + " from fresh, (select ?::bytea as whole offset 0) as object,"
          + " generate_series(0, ?) as page";

  private static final String INSERT_OBJECT =
      "insert into ciphertext (repository_id, name, size_bytes) values (?, ?, ?)"
          + " on conflict (repository_id, name) do nothing returning ciphertext_id";

  private static final String INSERT_PAGES =
      "insert into ciphertext_page (ciphertext_id, number, bytes)"
          + " select ?, ? + page, substring(whole from page * 8120 + 1 for 8120)"
          + " from (select ?::bytea as whole offset 0) as slice, generate_series(0, ?) as page";

  /** Pages that are read at once, and written at once of an object that is not in memory. */
  private static final int SLICE_PAGES = DatabaseCiphertextStore.SLICE_BYTES / PAGE_BYTES;

  // One statement for the object and its pages, as they were written: no crash parts them.
  private static final String DELETE =
      "with gone as ("
          + "delete from ciphertext where repository_id = ? and name = ? returning ciphertext_id),"
          + " pages as ("
          + "delete from ciphertext_page where ciphertext_id in (select ciphertext_id from gone))"
          + " select count(*) from gone";

  private static final String SIZE =
      "select size_bytes from ciphertext where repository_id = ? and name = ?";

  private static final String OBJECT =
      "(select ciphertext_id from ciphertext where repository_id = ? and name = ?)";

  // One value and not a row for each page: the server sends it in one call, and the driver makes
  // one array of it. The object comes from a query of its own so that its pages come in the order
  // of their index.
  private static final String READ =
      "with object as "
          + OBJECT
          + " select (select count(*) from object), count(*),"
          + " string_agg(bytes, ''::bytea order by number) from ciphertext_page"
          + " where ciphertext_id = (select ciphertext_id from object)"
          + " and number between ? and ?";

  private static final String READ_EACH =
      "select page.number, page.bytes from "
          + OBJECT
          + " as object left join ciphertext_page page"
          + " on page.ciphertext_id = object.ciphertext_id and page.number between ? and ?";

  @Override
  public boolean insert(Connection connection, ObjectKey key, byte[] bytes) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setInt(3, bytes.length);
      insert.setBytes(4, bytes);
      insert.setInt(5, Math.max(0, bytes.length - 1) / PAGE_BYTES);
      return insert.executeUpdate() > 0;
    }
  }

  @Override
  public boolean insert(Connection connection, ObjectKey key, long length, InputStream bytes)
      throws SQLException, IOException {
    OptionalLong id = insertObject(connection, key, length);
    if (id.isEmpty()) {
      return false;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_PAGES)) {
      insert.setLong(1, id.getAsLong());
      long left = length;
      int page = 0;
      do {
        byte[] slice = new byte[(int) Math.min(left, (long) SLICE_PAGES * PAGE_BYTES)];
        if (bytes.readNBytes(slice, 0, slice.length) < slice.length) {
          throw new EOFException("The object ended early.");
        }
        insert.setInt(2, page);
        insert.setBytes(3, slice);
        insert.setInt(4, Math.max(0, slice.length - 1) / PAGE_BYTES);
        page += insert.executeUpdate();
        left -= slice.length;
      } while (left > 0);
    }
    return true;
  }

  /** The object without its pages; empty when its key is there. */
  private static OptionalLong insertObject(Connection connection, ObjectKey key, long length)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_OBJECT)) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.setInt(3, Math.toIntExact(length));
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  @Override
  public boolean delete(Connection connection, ObjectKey key) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setLong(1, key.repositoryId());
      delete.setBytes(2, key.name().toBytes());
      try (ResultSet row = delete.executeQuery()) {
        return row.next() && row.getLong(1) == 1;
      }
    }
  }

  @Override
  public OptionalLong size(Connection connection, ObjectKey key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SIZE)) {
      select.setLong(1, key.repositoryId());
      select.setBytes(2, key.name().toBytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** Whole pages, so that what is read from a slice's beginning on need not be cut. */
  @Override
  public int sliceBytes() {
    return SLICE_PAGES * PAGE_BYTES;
  }

  @Override
  public Optional<byte[]> read(Connection connection, ObjectKey key, long offset, int length)
      throws SQLException {
    int first = Math.toIntExact(offset / PAGE_BYTES);
    int last = Math.toIntExact((offset + length - 1) / PAGE_BYTES);
    int skip = Math.toIntExact(offset % PAGE_BYTES);
    try (PreparedStatement select = pages(connection, READ, key, first, last);
        ResultSet all = select.executeQuery()) {
      if (!all.next() || all.getLong(1) == 0) {
        return Optional.empty();
      }
      byte[] bytes = all.getBytes(3);
      if (all.getLong(2) == last - first + 1 && bytes.length >= skip + length) {
        boolean exact = bytes.length == length;
        return Optional.of(exact ? bytes : Arrays.copyOfRange(bytes, skip, skip + length));
      }
    }
    return readEach(connection, key, offset, length);
  }

  /** The same page by page, for an object of which the database has lost some. */
  private static Optional<byte[]> readEach(
      Connection connection, ObjectKey key, long offset, int length) throws SQLException {
    int first = Math.toIntExact(offset / PAGE_BYTES);
    int last = Math.toIntExact((offset + length - 1) / PAGE_BYTES);
    try (PreparedStatement select = pages(connection, READ_EACH, key, first, last);
        ResultSet pages = select.executeQuery()) {
      return pages.next()
          ? Optional.of(joined(pages, first, Math.toIntExact(offset % PAGE_BYTES), length))
          : Optional.empty();
    }
  }

  private static PreparedStatement pages(
      Connection connection, String sql, ObjectKey key, int first, int last) throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setLong(1, key.repositoryId());
    select.setBytes(2, key.name().toBytes());
    select.setInt(3, first);
    select.setInt(4, last);
    return select;
  }

  /**
   * Bytes from {@code skip} on of the page {@code first} and those after it; {@code pages} stands
   * on one of them. A page that the database has lost reads as zeros: what else there is keeps its
   * place, and whoever reads an object compares it with its name.
   */
  private static byte[] joined(ResultSet pages, int first, int skip, int length)
      throws SQLException {
    byte[] joined = new byte[length];
    do {
      byte[] page = pages.getBytes(2);
      if (page != null) {
        int at = (pages.getInt(1) - first) * PAGE_BYTES - skip;
        int from = Math.max(0, -at);
        int to = Math.max(0, at);
        int count = Math.clamp(page.length - from, 0, length - to);
        System.arraycopy(page, from, joined, to, count);
      }
    } while (pages.next());
    return joined;
  }
}
