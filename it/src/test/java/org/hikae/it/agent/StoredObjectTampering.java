package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.StackObjects;

/**
 * The stored objects of one agent's set, read and changed behind the portal's back with the owner's
 * rights: what a failing disk does, or somebody with the database in hand.
 */
final class StoredObjectTampering {

  private static final int PAGE_BYTES = 8120;
  private static final String IT = " where repository_id = ? and name = ?";
  private static final String ITS_PAGES =
      " where ciphertext_id = (select ciphertext_id from ciphertext" + IT + ")";

  private final StackDatabase database;
  private final String setId;

  private StoredObjectTampering(StackDatabase database, String setId) {
    this.database = database;
    this.setId = setId;
  }

  static StoredObjectTampering of(StackDatabase database, AgentDevice agent) throws IOException {
    return new StoredObjectTampering(database, agent.setId());
  }

  /** A stored object. */
  record Stored(long id, long repositoryId, byte[] nameBytes, long size) {

    String name() {
      return HexFormat.of().formatHex(nameBytes);
    }
  }

  /** All objects of the set, in the order in which they came. */
  List<Stored> all() throws SQLException {
    String sql =
        "select o.object_id, o.repository_id, o.name, o.size_bytes from stored_object o"
            + " join repository r on r.repository_id = o.repository_id"
            + " where r.set_id = ? order by o.object_id";
    List<Stored> all = new ArrayList<>();
    try (Connection connection = database.asOwner();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, setId);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          all.add(new Stored(row.getLong(1), row.getLong(2), row.getBytes(3), row.getLong(4)));
        }
      }
    }
    return all;
  }

  byte[] read(Stored object) throws SQLException, IOException {
    if (database.objects().isPresent()) {
      return Files.readAllBytes(file(object));
    }
    String sql =
        pages()
            ? "select bytes from ciphertext_page" + ITS_PAGES + " order by number"
            : "select bytes from ciphertext" + IT;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Connection connection = database.asOwner();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, object.repositoryId());
      query.setBytes(2, object.nameBytes());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          all.writeBytes(row.getBytes(1));
        }
      }
    }
    return all.toByteArray();
  }

  /** Puts other bytes under the name. */
  void write(Stored object, byte[] bytes) throws SQLException, IOException {
    if (database.objects().isPresent()) {
      Files.write(file(object), bytes);
      return;
    }
    if (!pages()) {
      change("update ciphertext set bytes = ?" + IT, bytes, object);
      return;
    }
    change("delete from ciphertext_page" + ITS_PAGES, object);
    change("update ciphertext set size_bytes = ?" + IT, bytes.length, object);
    change(
        "insert into ciphertext_page (ciphertext_id, number, bytes)"
            + " select ciphertext_id, page, substring(whole from page * 8120 + 1 for 8120)"
            + " from (select ?::bytea as whole offset 0) as given, ciphertext,"
            + " generate_series(0, "
            + (Math.max(0, bytes.length - 1) / PAGE_BYTES)
            + ") as page"
            + IT,
        bytes,
        object);
  }

  /** Flips one bit in the middle. */
  void flip(Stored object) throws SQLException, IOException {
    byte[] bytes = read(object);
    bytes[bytes.length / 2] ^= 1;
    write(object, bytes);
  }

  /** Takes the bytes away; that the object was stored stays recorded. */
  void remove(Stored object) throws SQLException, IOException {
    if (database.objects().isPresent()) {
      Files.delete(file(object));
      return;
    }
    if (pages()) {
      change("delete from ciphertext_page" + ITS_PAGES, object);
    }
    change("delete from ciphertext" + IT, object);
  }

  /** The file that holds it. */
  private Path file(Stored object) throws SQLException {
    StackObjects objects = database.objects().orElseThrow();
    String sql = "select slot from " + objects.table() + IT;
    try (Connection connection = database.asOwner();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, object.repositoryId());
      query.setBytes(2, object.nameBytes());
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).as("a row of %s", object.name()).isTrue();
        return objects.file(object.repositoryId(), object.name(), row.getInt(1));
      }
    }
  }

  /** Makes the newest snapshot unmade, as a database does that was set back. */
  void forgetNewestSnapshot() throws SQLException {
    String newest = "(select max(snapshot_row) from snapshot where set_id = ?)";
    String series =
        " where repository_id = (select repository_id from repository where set_id = ?)";
    ofSet("delete from snapshot_objects where snapshot_row = " + newest);
    ofSet("delete from snapshot where snapshot_row = " + newest);
    ofSet("update series set last_sequence = last_sequence - 1" + series);
    try (Connection connection = database.asOwner();
        PreparedStatement update =
            connection.prepareStatement(
                "update series set last_stub ="
                    + " (select stub_hash from snapshot where snapshot_row = "
                    + newest
                    + ")"
                    + series)) {
      update.setString(1, setId);
      update.setString(2, setId);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private void ofSet(String sql) throws SQLException {
    try (Connection connection = database.asOwner();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, setId);
      assertThat(update.executeUpdate()).as(sql).isEqualTo(1);
    }
  }

  private void change(String sql, Object value, Stored object) throws SQLException {
    try (Connection connection = database.asOwner();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, value);
      update.setLong(2, object.repositoryId());
      update.setBytes(3, object.nameBytes());
      assertThat(update.executeUpdate()).as(sql).isPositive();
    }
  }

  private void change(String sql, Stored object) throws SQLException {
    try (Connection connection = database.asOwner();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, object.repositoryId());
      update.setBytes(2, object.nameBytes());
      assertThat(update.executeUpdate()).as(sql).isPositive();
    }
  }

  private boolean pages() {
    return database.kind() == StackDatabase.Kind.POSTGRESQL;
  }
}
