package org.hikae.transparency.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.transparency.entity.FullTile;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.entity.LoggedEntry;
import org.hikae.transparency.wire.CompactRange;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.LogEntryKind;
import org.hikae.transparency.wire.MerkleHasher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of the transparency log, on both databases. */
@DisplayName("HK1-X-08: rows of the log")
class TransparencyLogStoreTest extends OnBothDatabases {

  private static LogEntry entry(int number) {
    return new LogEntry(LogEntryKind.VAULT_CARD, new byte[] {(byte) number});
  }

  /** In the order of the portal's TransparencyLog. */
  private static void append(TransparencyLogStore store, LogEntry next) {
    assertThat(store.has(next.leaf())).isFalse();
    LogHead head = store.lockHead();
    assertThat(store.has(next.leaf())).isFalse();
    if (head.origin().isEmpty()) {
      head.begin("portal.example/log", new byte[] {7});
    }
    store.add(new LoggedEntry(head.size(), next, EmployeeFixture.START));
    head.grow(head.range().append(next.leaf(), (level, index, hash) -> {}));
  }

  /** Two entries in one transaction, such as a text in two languages. */
  private static long appendTwo(TestDatabase database, int first) {
    return database.<Long>inTransaction(
        em -> {
          TransparencyLogStore store = new TransparencyLogStore(em);
          append(store, entry(first));
          append(store, entry(first + 1));
          return store.head().size();
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_log_begins_empty_and_grows_in_its_order(TestDatabase database) throws Exception {
    database.inTransaction(
        em -> {
          LogHead head = new TransparencyLogStore(em).head();
          assertThat(head.size()).isZero();
          assertThat(head.range()).isEqualTo(CompactRange.EMPTY);
          assertThat(head.origin()).isEmpty();
          assertThat(head.publicKey()).isEmpty();
          return head;
        });
    for (int number = 0; number < 3; number++) {
      LogEntry next = entry(number);
      var _ =
          database.<Boolean>inTransaction(
              em -> {
                TransparencyLogStore store = new TransparencyLogStore(em);
                append(store, next);
                return store.has(next.leaf());
              });
    }
    database.inTransaction(
        em -> {
          TransparencyLogStore store = new TransparencyLogStore(em);
          assertThat(store.head().size()).isEqualTo(3);
          assertThat(store.head().range().hashes())
              .containsExactly(
                  MerkleHasher.node(entry(0).leaf(), entry(1).leaf()), entry(2).leaf());
          assertThat(store.head().origin()).contains("portal.example/log");
          assertThat(store.leaves(0, 256))
              .containsExactly(entry(0).leaf(), entry(1).leaf(), entry(2).leaf());
          assertThat(store.leaves(1, 1)).containsExactly(entry(1).leaf());
          assertThat(store.entries(2, 5))
              .singleElement()
              .satisfies(
                  last -> {
                    assertThat(last.place()).isEqualTo(2);
                    assertThat(last.content()).isEqualTo(entry(2).encode());
                    assertThat(last.kind()).isEqualTo(LogEntryKind.VAULT_CARD);
                    assertThat(last.addedAt()).isEqualTo(EmployeeFixture.START);
                  });
          assertThat(store.has(entry(9).leaf())).isFalse();
          assertThat(store.known(List.of(entry(9).leaf(), entry(2).leaf(), entry(0).leaf())))
              .containsExactlyInAnyOrder(entry(0).leaf(), entry(2).leaf());
          assertThat(store.known(List.of())).isEmpty();
          return store;
        });
    levels(database);
    entries_of_one_transaction_get_a_place_each(database);
    transactions_at_once_add_one_after_the_other(database);
    nothing_is_changed_or_removed(database);
  }

  private static void entries_of_one_transaction_get_a_place_each(TestDatabase database) {
    assertThat(appendTwo(database, 10)).isEqualTo(5);
    assertThat(appendTwo(database, 12)).isEqualTo(7);
    database.inTransaction(
        em -> {
          TransparencyLogStore store = new TransparencyLogStore(em);
          assertThat(store.head().size()).isEqualTo(7);
          assertThat(store.leaves(3, 256))
              .containsExactly(
                  entry(10).leaf(), entry(11).leaf(), entry(12).leaf(), entry(13).leaf());
          return store;
        });
  }

  private static void transactions_at_once_add_one_after_the_other(TestDatabase database)
      throws Exception {
    List<Callable<Long>> portals =
        IntStream.range(0, 4)
            .<Callable<Long>>mapToObj(number -> () -> appendTwo(database, 20 + 2 * number))
            .toList();
    List<Long> sizes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(portals.size())) {
      for (Future<Long> size : threads.invokeAll(portals)) {
        sizes.add(size.get());
      }
    }
    assertThat(sizes).containsExactlyInAnyOrder(9L, 11L, 13L, 15L);
    List<Hash256> leaves =
        database.inTransaction(em -> new TransparencyLogStore(em).leaves(7, 256));
    assertThat(leaves)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(20, 28).mapToObj(number -> entry(number).leaf()).toList());
  }

  private static void levels(TestDatabase database) {
    Hash256 root = Hash256.sha256(new byte[] {1});
    database.inTransaction(
        em -> {
          TransparencyLogStore store = new TransparencyLogStore(em);
          store.add(new FullTile(2, 0, Hash256.ZERO));
          store.add(new FullTile(1, 1, root));
          store.add(new FullTile(1, 0, Hash256.ZERO));
          return store;
        });
    List<Hash256> read =
        database.inTransaction(em -> new TransparencyLogStore(em).tileRoots(1, 0, 256));
    assertThat(read).containsExactly(Hash256.ZERO, root);
  }

  private static void nothing_is_changed_or_removed(TestDatabase database) {
    for (String change :
        List.of(
            "update log_entry set content = leaf_hash",
            "delete from log_entry",
            "update log_tile set place = 9",
            "delete from log_tile",
            "delete from log_head")) {
      assertThatThrownBy(() -> asApplication(database, change))
          .as(change)
          .isInstanceOf(SQLException.class);
    }
  }

  private static void asApplication(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.application().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
