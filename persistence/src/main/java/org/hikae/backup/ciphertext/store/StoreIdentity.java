package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which place beside the database belongs to it: the same random mark stands in the place and in a
 * row of the database. A place that is not there, or that of another installation, is told from an
 * empty one by it, before anything is written there or taken for lost.
 */
public final class StoreIdentity {

  /** The name of the file or object with the mark. */
  public static final String MARK = "hikae-store";

  /** Most bytes of it. */
  public static final int MAX_MARK_BYTES = 64;

  /** Where the mark stands. */
  public interface MarkStore {

    /** The mark; empty when the place has none. */
    Optional<String> read() throws IOException;

    /**
     * Writes the mark, whole or not at all.
     *
     * @param fresh a random name that no other process uses
     */
    void write(String mark, String fresh) throws IOException;
  }

  private final MarkStore place;
  private final String called;
  private final String table;
  private volatile @Nullable String expected;

  /**
   * Compares a place with a row.
   *
   * @param called what messages call the place
   * @param table with one row at most: the number 1 and the mark; a constant name
   */
  public StoreIdentity(MarkStore place, String called, String table) {
    this.place = place;
    this.called = called;
    this.table = table;
  }

  /**
   * Makes the place this database's while no object lies in it, and checks it else. Call it outside
   * any transaction.
   *
   * @param connection commits by itself
   * @param empty whether the database records nothing in the place
   * @param fresh the mark that is used when the database has none
   */
  public void prepare(Connection connection, boolean empty, String fresh)
      throws SQLException, IOException {
    if (recorded(connection).isEmpty()) {
      note(connection, fresh);
    }
    // Where objects are recorded, a place without a mark is not the one in which they lie.
    if (empty && place.read().isEmpty()) {
      place.write(recorded(connection).orElseThrow(), fresh);
    }
    require(connection);
  }

  /** One portal's is kept when several are at it. */
  private void note(Connection connection, String mark) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + table
                + " select 1, ? where not exists (select 1 from "
                + table
                + ")")) {
      insert.setString(1, mark);
      insert.executeUpdate();
    }
  }

  /** Fails when the place is not this database's, or not there. */
  public void require(Connection connection) throws SQLException, IOException {
    String known = expected;
    if (known == null) {
      known =
          recorded(connection)
              .orElseThrow(() -> notThere("The " + called + " was not set up yet."));
      expected = known;
    }
    String mark =
        place.read().orElseThrow(() -> notThere("The " + called + " has no " + MARK + "."));
    if (!mark.equals(known)) {
      throw new VolumeException(
          VolumeFault.FOREIGN, "The " + called + " is another database's: mark " + mark + ".");
    }
  }

  private static VolumeException notThere(String message) {
    return new VolumeException(VolumeFault.NOT_THERE, message);
  }

  private Optional<String> recorded(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select mark from " + table);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }
}
