package org.hikae.caller.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hikae.caller.entity.IdempotentRequest;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that may be repeated, on both databases (HK1-R-06). */
class IdempotentRequestStoreTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;

  private static IdempotentRequest request(String id, String claim) {
    return new IdempotentRequest(id, "actor-" + id, "content", claim, NOW, NOW.plusSeconds(60));
  }

  private static IdempotentRequestStore rows(EntityManager em) {
    return new IdempotentRequestStore(em);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void only_the_holder_of_a_claim_answers_and_only_once(TestDatabase database) {
    assertThat(database.<Boolean>inTransaction(em -> rows(em).add(request("held", "a")))).isTrue();
    String largest = "x".repeat(IdempotentRequestStore.MAX_BODY_BYTES);
    String headers = "h".repeat(IdempotentRequestStore.MAX_HEADERS_CHARS);
    assertThat(answer(database, "held", "b", "", "wrong")).isFalse();
    database.inTransaction(
        em -> {
          rows(em).lock("held").orElseThrow().claimAnew("content", "b", NOW, NOW.plusSeconds(9));
          return true;
        });
    assertThat(answer(database, "held", "a", "", "late")).isFalse();
    database.inTransaction(
        em -> {
          rows(em).release("held", "a");
          return true;
        });
    assertThat(answer(database, "held", "b", headers, largest)).isTrue();
    assertThat(answer(database, "held", "b", "", "again")).isFalse();
    database.inTransaction(
        em -> {
          rows(em).release("held", "b");
          return true;
        });
    IdempotentRequest kept = database.inTransaction(em -> rows(em).lock("held").orElseThrow());
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.body()).isEqualTo(largest);
    assertThat(kept.headers()).isEqualTo(headers);
  }

  private static boolean answer(
      TestDatabase database, String id, String claim, String headers, String body) {
    return database.<Boolean>inTransaction(em -> rows(em).answer(id, claim, 201, headers, body));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_act_that_is_rolled_back_leaves_no_answer(TestDatabase database) {
    database.inTransaction(em -> rows(em).add(request("rolled", "a")));
    try {
      database.inTransaction(
          em -> {
            assertThat(rows(em).answer("rolled", "a", 200, "", "done")).isTrue();
            throw new IllegalStateException("the act fails");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("the act fails");
    }
    assertThat(database.inTransaction(em -> rows(em).lock("rolled").orElseThrow()).status())
        .isNull();
    database.inTransaction(
        em -> {
          rows(em).release("rolled", "a");
          return true;
        });
    assertThat(database.<Boolean>inTransaction(em -> rows(em).lock("rolled").isEmpty())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void of_many_at_once_one_claims(TestDatabase database) throws Exception {
    CyclicBarrier together = new CyclicBarrier(6);
    try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
      List<Callable<Boolean>> all =
          IntStream.range(0, 6)
              .<Callable<Boolean>>mapToObj(i -> () -> claimed(database, together, "c" + i))
              .toList();
      int claimed = 0;
      for (Future<Boolean> one : pool.invokeAll(all)) {
        claimed += one.get() ? 1 : 0;
      }
      assertThat(claimed).isEqualTo(1);
    }
  }

  private static boolean claimed(TestDatabase database, CyclicBarrier together, String claim)
      throws Exception {
    together.await();
    try {
      return database.<Boolean>inTransaction(em -> rows(em).add(request("many", claim)));
    } catch (RuntimeException e) {
      // The transaction of who was late cannot be committed.
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void old_ones_are_forgotten_in_steps(TestDatabase database) {
    int many = IdempotentRequestStore.STEP + 5;
    database.inTransaction(
        em -> {
          for (int i = 0; i < many; i++) {
            Instant at = NOW.minusSeconds(100_000);
            em.persist(new IdempotentRequest("old-" + i, "old", "content", "a", at, at));
          }
          return rows(em).add(request("young", "a"));
        });
    assertThat(database.<Integer>inTransaction(em -> rows(em).countOf("old", 7))).isEqualTo(7);
    Instant before = NOW.minusSeconds(86_400);
    assertThat(database.<Integer>inTransaction(em -> rows(em).forget(before)))
        .isEqualTo(IdempotentRequestStore.STEP);
    assertThat(database.<Integer>inTransaction(em -> rows(em).forget(before))).isEqualTo(5);
    assertThat(database.<Integer>inTransaction(em -> rows(em).forget(before))).isZero();
    assertThat(database.<Boolean>inTransaction(em -> rows(em).lock("young").isPresent())).isTrue();
  }
}
