package org.hikae.backup.move.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.move.store.ObjectMove.MoveResult;
import org.hikae.backup.move.store.ObjectMove.MoveStatus;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The row of moving: one portal has it, an order counts at once, and progress is kept. */
class StoreMoveStoreTest extends OnBothDatabases {

  private static final Instant NOW = Instant.parse("2026-12-02T12:00:00Z");
  private static final Instant UNTIL = NOW.plusSeconds(600);
  private static final ObjectKey KEY = new ObjectKey(7, Hash256.sha256(new byte[] {1}));

  private static StoreMoveStore ordered(TestDatabase database, String target) throws SQLException {
    execute(
        database,
        "update ciphertext_move set target = '"
            + target
            + "', noted = false, paused = false, bytes_per_second = 0, after_repository = 0,"
            + " after_name = null, waiting_count = 0, moved_count = 0, moved_bytes = 0,"
            + " left_count = 0, fault_store = null, fault = null, fault_at = null,"
            + " passed_at = null, holder = null, held_until = null");
    return new StoreMoveStore(database.application());
  }

  /** As the application, which may do no more than the command line does by its login. */
  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.application().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void one_portal_has_it_until_it_ends_or_its_time_is_over(TestDatabase database)
      throws SQLException {
    StoreMoveStore store = ordered(database, "S3");
    assertThat(store.target()).contains("S3");
    assertThat(store.begin("one", NOW, UNTIL)).isPresent();
    assertThat(store.begin("two", NOW.plusSeconds(1), UNTIL)).isEmpty();
    assertThat(store.begin("one", NOW.plusSeconds(1), UNTIL)).isPresent();
    store.release("two");
    assertThat(store.begin("two", NOW, UNTIL)).isEmpty();
    assertThat(store.begin("two", UNTIL, UNTIL.plusSeconds(600))).isPresent();
    assertThat(store.record("one", UNTIL, store.read())).as("too late").isEmpty();
    store.release("two");
    assertThat(store.begin("one", NOW, UNTIL)).isPresent();
    assertThat(store.note("S3")).isTrue();
    assertThat(store.note("S3")).as("once").isFalse();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void progress_is_kept_and_an_order_meanwhile_is_not_overwritten(TestDatabase database)
      throws SQLException {
    StoreMoveStore store = ordered(database, "FILES");
    StoreMoveProgress begun = store.begin("one", NOW, UNTIL).orElseThrow().begun(3);
    StoreMoveProgress moved =
        begun
            .with(KEY, new MoveResult(MoveStatus.MOVED, 100, null))
            .with(KEY, new MoveResult(MoveStatus.LEFT, 0, RotKind.MISMATCH));
    assertThat(store.record("one", UNTIL, moved)).contains(moved);
    assertThat(store.read()).isEqualTo(moved);
    assertThat(moved.after()).isEqualTo(KEY);
    assertThat(List.of(moved.waiting(), moved.moved(), moved.movedBytes(), moved.left()))
        .containsExactly(1L, 1L, 100L, 1L);
    store.failed("one", "S3", "UNREACHABLE", NOW);
    assertThat(store.read().faultAt()).isEqualTo(NOW);
    StoreMoveProgress ended = moved.ended(NOW);
    assertThat(store.record("one", UNTIL, ended)).contains(ended);
    assertThat(store.read().faultAt()).as("all is well again").isNull();
    execute(database, "update ciphertext_move set paused = true");
    assertThat(store.record("one", UNTIL, ended.begun(9))).isEmpty();
    assertThat(store.read().waiting()).isZero();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void portals_say_that_they_run_and_what_they_reach(TestDatabase database) throws SQLException {
    StoreMoveStore store = new StoreMoveStore(database.application());
    execute(database, "delete from ciphertext_portal");
    assertThat(store.portals()).isEmpty();
    store.announce("one", List.of("DATABASE", "S3"), "S3");
    store.announce("one", List.of("DATABASE", "S3"), "S3");
    store.announce("two", List.of("DATABASE"), "DATABASE");
    assertThat(store.portals())
        .containsExactlyInAnyOrder(
            new StoreMoveStore.RunningPortal(List.of("DATABASE", "S3"), "S3"),
            new StoreMoveStore.RunningPortal(List.of("DATABASE"), "DATABASE"));
    store.withdraw("two");
    execute(
        database,
        "insert into ciphertext_portal values ('gone', 'DATABASE', 'DATABASE',"
            + " current_timestamp - interval '2' hour)");
    assertThat(store.portals()).hasSize(1);
  }
}
