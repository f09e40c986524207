package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which folder belongs to which database: the same random mark stands in a file of the one and in a
 * row of the other. A volume that is not mounted, or that of another installation, is told from an
 * empty one by it, before anything is written there or taken for lost.
 */
final class VolumeIdentity {

  private static final int MAX_MARK = 64;

  private final StorageVolume volume;
  private volatile @Nullable String expected;

  VolumeIdentity(StorageVolume volume) {
    this.volume = volume;
  }

  /**
   * Makes the folder this database's while no object lies in it, and checks it else. Call it
   * outside any transaction.
   *
   * @param connection commits by itself
   * @param fresh the mark that is used when the database has none
   */
  void prepare(Connection connection, String fresh) throws SQLException, IOException {
    if (recorded(connection).isEmpty()) {
      note(connection, fresh);
    }
    // Where objects are recorded, a folder without a mark is not the one in which they lie.
    if (read().isEmpty() && CiphertextFileIndex.isEmpty(connection)) {
      write(recorded(connection).orElseThrow(), FileLayout.MARK + "." + fresh);
    }
    require(connection);
    volume.makeFolder(FileLayout.INCOMING);
    volume.makeFolder(FileLayout.OBJECTS);
    volume.syncFolder("");
  }

  /** Whole or not at all, whatever happens meanwhile. */
  private void write(String mark, String waiting) throws IOException {
    volume.delete(waiting);
    try (StorageVolume.OpenOutput file = volume.create(waiting)) {
      ByteBuffer bytes = ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.sync();
    }
    volume.rename(waiting, FileLayout.MARK);
  }

  /** One portal's is kept when several are at it. */
  private static void note(Connection connection, String mark) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into ciphertext_folder (folder_id, mark) select 1, ?"
                + " where not exists (select 1 from ciphertext_folder)")) {
      insert.setString(1, mark);
      insert.executeUpdate();
    }
  }

  /** Fails when the folder is not this database's, or not there. */
  void require(Connection connection) throws SQLException, IOException {
    String known = expected;
    if (known == null) {
      known =
          recorded(connection)
              .orElseThrow(
                  () ->
                      new VolumeException(
                          VolumeFault.NOT_THERE, "The folder of files was not set up yet."));
      expected = known;
    }
    String mark =
        read()
            .orElseThrow(
                () ->
                    new VolumeException(
                        VolumeFault.NOT_THERE,
                        "The folder of files has no file " + FileLayout.MARK + "."));
    if (!mark.equals(known)) {
      throw new VolumeException(
          VolumeFault.FOREIGN, "The folder of files is another database's: mark " + mark + ".");
    }
  }

  private static Optional<String> recorded(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select mark from ciphertext_folder");
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private Optional<String> read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_MARK);
    try (StorageVolume.OpenInput mark = volume.open(FileLayout.MARK)) {
      while (bytes.hasRemaining() && mark.read(bytes, bytes.position()) >= 0) {
        // Goes on to the end of the file.
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return Optional.of(
        new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip());
  }
}
