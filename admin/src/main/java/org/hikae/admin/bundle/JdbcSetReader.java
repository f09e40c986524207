package org.hikae.admin.bundle;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/** Reads what belongs to one employee's set from the portal's PostgreSQL; nothing is changed. */
final class JdbcSetReader {

  private static final int BATCH = 10_000;

  private static final String SET =
      "select s.set_id, s.generation, coalesce(r.repository_id, 0) from employee e"
          + " join backup_set s on s.current_of = e.employee_id and s.state = 'ACTIVE'"
          + " left join repository r on r.set_id = s.set_id and r.restic_id = ''"
          + " where e.issuer = ? and e.subject = ?";

  private static final String WRAPS =
      "select wrap_id, method, generation, device_id, created_at, wrapped_key from key_wrap"
          + " where set_id = ? order by generation, wrap_id";

  private static final String SNAPSHOTS =
      "select s.snapshot_row, s.snapshot_id, s.set_id, s.device_id, s.generation, s.sequence,"
          + " s.previous_stub, s.root, s.list_hash, s.stub_hash, s.committed_at, s.object_count,"
          + " s.stored_bytes, s.file_count, s.plain_bytes, f.state, f.rule, f.decided_at,"
          + " f.device_id, f.removed_at from snapshot s"
          + " left join snapshot_fate f on f.snapshot_row = s.snapshot_row"
          + " where s.repository_id = ? order by s.device_id, s.sequence desc";

  private static final String LIST =
      "select object_ids from snapshot_objects where snapshot_row = ?";

  private static final String NAMES =
      "select name from stored_object where repository_id = ? and object_id = any (?)";

  // A page that the database has lost leaves the object too short; then it is not its name.
  private static final String OBJECT =
      "select string_agg(p.bytes, ''::bytea order by p.number) from ciphertext c"
          + " join ciphertext_page p on p.ciphertext_id = c.ciphertext_id"
          + " where c.repository_id = ? and c.name = ? and c.size_bytes <= ?";

  private static final String SLOT =
      "select slot from ciphertext_file where repository_id = ? and name = ?";

  private static final String IN_BUCKET =
      "select 1 from ciphertext_object where repository_id = ? limit 1";

  private static final String RECEIPTS =
      "select receipt from vault_receipt where employee = ? order by seq";

  private final Connection connection;

  JdbcSetReader(Connection connection) {
    this.connection = connection;
  }

  /** The active set of an employee; empty when they have none, or are not known. */
  Optional<StoredSet> set(String issuer, String subject) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SET)) {
      select.setString(1, issuer);
      select.setString(2, subject);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new StoredSet(row.getString(1), row.getLong(2), row.getLong(3)))
            : Optional.empty();
      }
    }
  }

  /** The wraps that the portal serves. */
  List<WrapView> wraps(String setId) throws SQLException {
    List<WrapView> wraps = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(WRAPS)) {
      select.setString(1, setId);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] wrap = row.getBytes(6);
          wraps.add(
              new WrapView(
                  row.getString(1),
                  WrapMethod.valueOf(row.getString(2)),
                  row.getLong(3),
                  row.getString(4),
                  instant(row.getTimestamp(5)),
                  wrap == null ? null : TextCodec.base64(wrap)));
        }
      }
    }
    return wraps;
  }

  /** All snapshots, removed ones too, series by series. */
  List<StoredSnapshot> snapshots(long repositoryId) throws SQLException {
    List<StoredSnapshot> snapshots = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SNAPSHOTS)) {
      select.setLong(1, repositoryId);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          snapshots.add(new StoredSnapshot(row.getLong(1), view(row)));
        }
      }
    }
    return snapshots;
  }

  /**
   * As the portal lists it to the employee: one that only a legal hold keeps, of which they may not
   * know, is removed (spec HK1-P-12).
   */
  private static SnapshotView view(ResultSet row) throws SQLException {
    return new SnapshotView(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getLong(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        instant(row.getTimestamp(11)),
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getString(16) == null
            ? null
            : new ReleaseStatus(
                row.getTimestamp(20) == null
                    ? ReleaseState.valueOf(row.getString(16))
                    : ReleaseState.REMOVED,
                ReleaseCause.valueOf(row.getString(17)),
                instant(row.getTimestamp(18)),
                row.getString(19),
                null,
                optional(row.getTimestamp(20))));
  }

  private static Instant instant(Timestamp time) {
    return time.toInstant();
  }

  private static @Nullable Instant optional(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * Names of the objects that a snapshot needs, ascending; fewer than it says where the database
   * has lost some. Empty when it has lost the list.
   */
  Optional<List<Hash256>> names(long repositoryId, StoredSnapshot snapshot) throws SQLException {
    byte[] encoded;
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setLong(1, snapshot.row());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        encoded = row.getBytes(1);
      }
    }
    long[] ids;
    try {
      ids = ObjectIdReader.read(encoded, snapshot.view().objects());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    List<Hash256> names = new ArrayList<>(ids.length);
    for (int from = 0; from < ids.length; from += BATCH) {
      long[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + BATCH));
      names.addAll(names(repositoryId, some));
    }
    names.sort(null);
    return Optional.of(names);
  }

  private List<Hash256> names(long repositoryId, long[] ids) throws SQLException {
    List<Hash256> names = new ArrayList<>(ids.length);
    Array all = connection.createArrayOf("bigint", LongStream.of(ids).boxed().toArray());
    try (PreparedStatement select = connection.prepareStatement(NAMES)) {
      select.setLong(1, repositoryId);
      select.setArray(2, all);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(Hash256.of(row.getBytes(1)));
        }
      }
    }
    return names;
  }

  /** The bytes of an object that lies in the database, whole or not; empty when it does not. */
  Optional<byte[]> object(long repositoryId, Hash256 name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OBJECT)) {
      select.setLong(1, repositoryId);
      select.setBytes(2, name.toBytes());
      select.setInt(3, Hk1Constants.MAX_OBJECT_BYTES);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** Whether objects of a repository lie in a bucket. */
  boolean isInBucket(long repositoryId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(IN_BUCKET)) {
      select.setLong(1, repositoryId);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The slot of the file in which an object lies; empty when it lies in none. */
  OptionalInt slot(long repositoryId, Hash256 name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SLOT)) {
      select.setLong(1, repositoryId);
      select.setBytes(2, name.toBytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  /** The vault's receipts that are about an employee of its ledger, as the portal has kept them. */
  List<byte[]> receipts(Hash256 employee) throws SQLException {
    List<byte[]> receipts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RECEIPTS)) {
      select.setString(1, employee.hex());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          receipts.add(row.getBytes(1));
        }
      }
    }
    return receipts;
  }
}
