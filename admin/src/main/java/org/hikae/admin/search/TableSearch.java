package org.hikae.admin.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every column of every row of the portal's database on PostgreSQL. Of stored ciphertext only what
 * the device with the canaries has stored is read: the rest may be terabytes.
 */
public final class TableSearch {

  private static final int ROWS_AT_ONCE = 50;
  private static final String PAGES = "ciphertext_page";

  private static final String TABLES =
      "select c.relname from pg_class c where c.relkind in ('r', 'p') and c.relnamespace ="
          + " current_schema()::regnamespace order by c.relname";

  private static final String OF_DEVICE =
      " where c.repository_id in (select r.repository_id from device d join repository r on"
          + " r.employee_id = d.employee_id where d.name = ?)";

  private static final String OBJECTS =
      "select p.bytes from ciphertext c join ciphertext_page p using (ciphertext_id)"
          + OF_DEVICE
          + " order by ciphertext_id, p.number";

  private static final String FILES =
      "select distinct c.repository_id from ciphertext_file c" + OF_DEVICE;

  private static final String TOTAL =
      "select count(*), coalesce(sum(c.size_bytes), 0) from stored_object c" + OF_DEVICE;

  private static final String BUCKET = "select 1 from ciphertext_object c" + OF_DEVICE + " limit 1";

  private final Connection connection;

  /**
   * Searches a database.
   *
   * @param connection of a login that may read every table
   */
  public TableSearch(Connection connection) throws SQLException {
    this.connection = connection;
    // Otherwise the driver reads a whole table into memory.
    connection.setAutoCommit(false);
  }

  /** Searches all tables but stored ciphertext; says how many. */
  public int tables(String place, MultiPatternSearch search) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    for (String name : names) {
      if (!name.equals(PAGES)) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        try (PreparedStatement all = connection.prepareStatement("select * from " + quoted)) {
          search(all, place, search);
        }
      }
    }
    return names.size();
  }

  /** Searches what lies in the database of the objects that the device's employee has stored. */
  public void objects(String device, String place, MultiPatternSearch search)
      throws SQLException, IOException {
    try (PreparedStatement all = connection.prepareStatement(OBJECTS)) {
      all.setString(1, device);
      all.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet pages = all.executeQuery()) {
        // One behind the other: what is searched for may lie across pages.
        search.stream(place, new PageStream(pages));
      }
    }
  }

  /** The bytes of the first column of all rows. */
  private static final class PageStream extends InputStream {

    private final ResultSet pages;
    private byte[] page = new byte[0];
    private int position;

    PageStream(ResultSet pages) {
      this.pages = pages;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        while (position == page.length) {
          if (!pages.next()) {
            return -1;
          }
          byte[] next = pages.getBytes(1);
          page = next == null ? new byte[0] : next;
          position = 0;
        }
      } catch (SQLException e) {
        throw new IOException(e);
      }
      int count = Math.min(length, page.length - position);
      System.arraycopy(page, position, into, offset, count);
      position += count;
      return count;
    }
  }

  /** The repositories of the device's employee of which objects lie in files. */
  public List<Long> repositoriesInFiles(String device) throws SQLException {
    List<Long> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(FILES)) {
      select.setString(1, device);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
      }
    }
    return found;
  }

  /**
   * What is stored.
   *
   * @param count objects
   * @param bytes of all of them
   */
  public record ObjectTotal(long count, long bytes) {}

  /** What the database knows of the objects of the device's employee, wherever they lie. */
  public ObjectTotal total(String device) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TOTAL)) {
      select.setString(1, device);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new ObjectTotal(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Whether objects of the device's employee lie in a bucket. */
  public boolean isInBucket(String device) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BUCKET)) {
      select.setString(1, device);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void search(PreparedStatement query, String place, MultiPatternSearch search)
      throws SQLException {
    query.setFetchSize(ROWS_AT_ONCE);
    try (ResultSet rows = query.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          boolean binary = rows.getMetaData().getColumnType(i) == Types.BINARY;
          byte[] value = binary ? rows.getBytes(i) : text(rows.getString(i));
          if (value != null) {
            search.bytes(place, value);
          }
        }
      }
    }
  }

  private static byte @Nullable [] text(@Nullable String value) {
    return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
  }
}
