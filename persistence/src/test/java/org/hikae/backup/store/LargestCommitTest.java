package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.ciphertext.store.DatabaseKind;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest commit, on both databases. Budget: a minute; most of it is filling the tables. */
@FullRunOnly
class LargestCommitTest extends OnBothDatabases {

  /** As many as one commit may name; on H2, which fills slowly, a quarter of them. */
  private static int objects(DatabaseKind kind) {
    return kind == DatabaseKind.H2 ? CommitSnapshot.MAX_NAMES / 4 : CommitSnapshot.MAX_NAMES;
  }

  private static Hash256 name(int number) {
    return Hash256.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_and_reads_back_as_many_objects_as_a_commit_may_name(TestDatabase database)
      throws Exception {
    EmployeeFixture.EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Large"));
    int count = fill(database, enrolledEmployee.repositoryId());
    Set<Hash256> names = HashSet.newHashSet(count);
    for (int i = 1; i <= count; i++) {
      names.add(name(i));
    }
    long start = System.nanoTime();
    Map<Hash256, ObjectRef> found =
        database.inTransaction(
            em -> new StoredObjectStore(em).find(enrolledEmployee.repositoryId(), names));
    assertThat(found).hasSize(count);
    long[] ids = found.values().stream().mapToLong(ObjectRef::id).sorted().toArray();
    List<ObjectRef> refs =
        database.inTransaction(
            em -> new StoredObjectStore(em).byIds(enrolledEmployee.repositoryId(), ids));
    assertThat(refs).hasSize(count);
    assertThat(ObjectIdCodec.encode(ids)).hasSizeLessThan(3 * count);
    System.getLogger(LargestCommitTest.class.getName())
        .log(System.Logger.Level.INFO, "{0} objects: {1} ns", count, System.nanoTime() - start);
  }

  /** Filled inside the database, because sending so many rows would be most of the test. */
  private static int fill(TestDatabase database, long repositoryId) throws SQLException {
    try (Connection connection = database.application().getConnection()) {
      DatabaseKind kind = DatabaseKind.of(connection);
      int objects = objects(kind);
      String numbers =
          kind == DatabaseKind.H2
              ? "hash('SHA-256', stringtoutf8(cast(x as varchar))), x from system_range(1, ?)"
              : "sha256(convert_to(x::text, 'UTF8')), x from generate_series(1, ?) as x";
      String sql =
          "insert into stored_object (repository_id, stored_at, name, size_bytes)"
              + " select "
              + repositoryId
              + ", current_timestamp, "
              + numbers;
      try (PreparedStatement insert = connection.prepareStatement(sql);
          PreparedStatement count =
              connection.prepareStatement(
                  "update repository set object_count = ? where repository_id = ?")) {
        insert.setInt(1, objects);
        assertThat(insert.executeUpdate()).isEqualTo(objects);
        count.setInt(1, objects);
        count.setLong(2, repositoryId);
        count.executeUpdate();
        return objects;
      }
    }
  }
}
