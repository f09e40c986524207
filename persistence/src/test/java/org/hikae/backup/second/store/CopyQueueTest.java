package org.hikae.backup.second.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hikae.backup.ciphertext.store.DatabaseKind;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.second.store.CopyComparison.CopyCoverage;
import org.hikae.backup.second.store.CopyComparison.StepResult;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is due in the second store is found, shared among portals, and tried again later. */
class CopyQueueTest extends OnBothDatabases {

  private static final Instant NOW = Instant.parse("2026-12-03T12:00:00Z");
  private static final Instant UNTIL = NOW.plusSeconds(600);

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CopyQueue emptied(TestDatabase database) throws SQLException {
    execute(database, "delete from ciphertext_copy_due");
    execute(database, "delete from ciphertext_copy");
    execute(database, "delete from stored_object");
    execute(database, "update repository set object_count = 0");
    return new CopyQueue(database.application());
  }

  private static long repository(TestDatabase database) {
    return database.inTransaction(em -> EmployeeFixture.person(em, "Copied").repositoryId());
  }

  private static ObjectKey key(long repository, int number) {
    return new ObjectKey(repository, Hash256.sha256(new byte[] {(byte) number}));
  }

  private static List<ObjectKey> keys(List<DueCopy> due) {
    return due.stream().map(DueCopy::key).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void two_portals_share_the_work_and_none_waits(TestDatabase database) throws SQLException {
    CopyQueue queue = emptied(database);
    long repository = repository(database);
    for (int number = 0; number < 4; number++) {
      queue.add(key(repository, number), false, NOW.plusSeconds(number));
    }
    Instant later = NOW.plusSeconds(60);
    List<DueCopy> taken = new ArrayList<>();
    try (Connection one = database.application().getConnection();
        Connection other = database.application().getConnection()) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      List<DueCopy> first = new CopyQueue(within(one)).claim(later, UNTIL, 2);
      List<DueCopy> second = new CopyQueue(within(other)).claim(later, UNTIL, 10);
      assertThat(keys(first)).containsExactly(key(repository, 0), key(repository, 1));
      if (DatabaseKind.of(one) == DatabaseKind.H2) {
        // It locks what it has sorted, and not only what it gives: but it has one portal.
        assertThat(second).isEmpty();
      } else {
        assertThat(keys(second)).containsExactly(key(repository, 2), key(repository, 3));
      }
      taken.addAll(first);
      taken.addAll(second);
      one.commit();
      other.commit();
    }
    assertThat(queue.claim(later, UNTIL, 10)).doesNotContainAnyElementsOf(taken);
    assertThat(queue.claim(UNTIL, UNTIL.plusSeconds(600), 10))
        .as("those of portals that came to no end")
        .hasSize(4);
  }

  /** A transaction of the caller's: closing does nothing. */
  private static DataSource within(Connection connection) {
    Connection open =
        (Connection)
            Proxy.newProxyInstance(
                CopyQueueTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            CopyQueueTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> open);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_fails_rests_and_is_counted_and_what_is_done_goes(TestDatabase database)
      throws SQLException {
    CopyQueue queue = emptied(database);
    long repository = repository(database);
    queue.add(key(repository, 1), false, NOW);
    queue.add(key(repository, 2), true, NOW.plusSeconds(1));
    List<DueCopy> claimed = queue.claim(NOW.plusSeconds(2), UNTIL, 10);
    assertThat(claimed).extracting(DueCopy::erases).containsExactly(false, true);
    queue.failed(claimed.getFirst(), "MISMATCH", NOW.plusSeconds(120));
    queue.done(claimed.getLast());
    assertThat(queue.claim(NOW.plusSeconds(60), UNTIL, 10)).isEmpty();
    CopyFigures figures = queue.figures();
    assertThat(List.of(figures.due(), figures.failing())).containsExactly(1L, 1L);
    assertThat(figures.dueSince()).isEqualTo(NOW);
    assertThat(figures.lag(NOW.plusSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    List<DueCopy> again = queue.claim(NOW.plusSeconds(120), UNTIL, 10);
    assertThat(again).extracting(DueCopy::attempts).containsExactly(1);
    queue.giveBack(again, NOW.plusSeconds(121));
    assertThat(queue.claim(NOW.plusSeconds(121), UNTIL, 10)).hasSize(1);
    queue.forget(repository);
    assertThat(queue.figures().due()).isZero();
    assertThat(queue.figures().lag(NOW)).isEqualTo(Duration.ZERO);
  }

  private static void record(TestDatabase database, ObjectKey key) {
    StoredObject _ =
        database.inTransaction(
            em -> {
              StoredObject object = new StoredObject(key.repositoryId(), key.name(), 1, NOW);
              em.persist(object);
              em.createQuery(
                      "update BackupRepository r set r.objectCount = r.objectCount + 1"
                          + " where r.id = :repository")
                  .setParameter("repository", key.repositoryId())
                  .executeUpdate();
              return object;
            });
  }

  private static void copy(TestDatabase database, ObjectKey key) throws SQLException {
    try (Connection connection = database.application().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into ciphertext_copy values (?, ?, 1, 0)")) {
      insert.setLong(1, key.repositoryId());
      insert.setBytes(2, key.name().toBytes());
      insert.executeUpdate();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_was_there_before_is_found_step_by_step_and_again_each_day(TestDatabase database)
      throws SQLException {
    CopyQueue queue = emptied(database);
    execute(database, "update ciphertext_copy_state set after_object = 0, passed_at = null");
    CopyComparison comparison = new CopyComparison(database.application());
    long repository = repository(database);
    for (int number = 0; number < 5; number++) {
      record(database, key(repository, number));
    }
    copy(database, key(repository, 0));
    queue.add(key(repository, 1), false, NOW);
    assertThat(comparison.coverage()).isEqualTo(new CopyCoverage(1, 5));
    assertThat(comparison.coverage().share()).isEqualTo(0.2);
    Instant yesterday = NOW.minus(Duration.ofDays(1));
    assertThat(comparison.step(NOW, yesterday, 3)).isEqualTo(StepResult.LOOKED);
    assertThat(queue.figures().unseen()).isEqualTo(2);
    assertThat(new CopyComparison(database.application()).step(NOW, yesterday, 3))
        .as("another portal goes on")
        .isEqualTo(StepResult.LOOKED);
    assertThat(comparison.step(NOW, yesterday, 3)).isEqualTo(StepResult.ENDED);
    assertThat(comparison.step(NOW, yesterday, 3)).isEqualTo(StepResult.NOT_DUE);
    assertThat(queue.figures().passedAt()).isEqualTo(NOW);
    List<DueCopy> due = queue.claim(NOW, UNTIL, 10);
    assertThat(keys(due))
        .as("what is urgent first, and none twice")
        .containsExactly(
            key(repository, 1), key(repository, 2), key(repository, 3), key(repository, 4));
    assertThat(due).extracting(DueCopy::urgent).containsExactly(true, false, false, false);
    for (DueCopy each : due) {
      queue.done(each);
      copy(database, each.key());
    }
    Instant tomorrow = NOW.plus(Duration.ofDays(2));
    execute(database, "delete from ciphertext_copy where slot = 0 and size_bytes = 1");
    assertThat(comparison.step(tomorrow, NOW.plusSeconds(1), 100)).isEqualTo(StepResult.LOOKED);
    assertThat(queue.claim(tomorrow, tomorrow.plusSeconds(1), 10)).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void one_portal_compares_at_a_time(TestDatabase database) throws SQLException {
    CopyQueue _ = emptied(database);
    execute(database, "update ciphertext_copy_state set after_object = 0, passed_at = null");
    try (Connection one = database.application().getConnection()) {
      one.setAutoCommit(false);
      assertThat(new CopyComparison(within(one)).step(NOW, NOW, 1))
          .isNotEqualTo(StepResult.NOT_DUE);
      assertThat(new CopyComparison(database.application()).step(NOW, NOW, 1))
          .isEqualTo(StepResult.NOT_DUE);
      one.rollback();
    }
    assertThat(new CopyComparison(database.application()).step(NOW, NOW, 1))
        .isNotEqualTo(StepResult.NOT_DUE);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void copies_without_an_object_are_found(TestDatabase database) throws SQLException {
    CopyQueue queue = emptied(database);
    CopyComparison comparison = new CopyComparison(database.application());
    long repository = repository(database);
    record(database, key(repository, 1));
    for (int number = 1; number < 4; number++) {
      copy(database, key(repository, number));
    }
    assertThat(queue.copiesOf(repository, 2)).hasSize(2);
    assertThat(queue.recordedSize(key(repository, 1))).hasValue(1);
    assertThat(queue.recordedSize(key(repository, 2))).isEmpty();
    assertThat(comparison.addGone(repository, NOW, 1)).isEqualTo(1);
    assertThat(comparison.addGone(repository, NOW, 10)).isEqualTo(1);
    assertThat(comparison.addGone(repository, NOW, 10)).isZero();
    assertThat(keys(queue.claim(NOW, UNTIL, 10)))
        .containsExactlyInAnyOrder(key(repository, 2), key(repository, 3));
  }
}
